"""The rules of the layout, one module for each kind; `command` runs them all."""
