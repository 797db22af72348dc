"""What is said of the figures: targets, tables, the plot."""
