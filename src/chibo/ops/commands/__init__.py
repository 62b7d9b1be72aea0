"""The commands of bin/chibo, one module each."""
