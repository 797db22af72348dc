"""What is measured, and how: in process, over a socket, in fresh processes."""
