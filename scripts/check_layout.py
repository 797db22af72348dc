#!/usr/bin/env python3
"""Check the rules of the layout: layers, cycles, sizes, tests, folders, texts."""

from toolbox.interpreter import start

start("layout.command")
