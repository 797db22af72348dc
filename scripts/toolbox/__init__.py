"""What the scripts share. `interpreter` is read by any Python; the rest needs 3.11."""
