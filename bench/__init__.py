"""One file a benchmark: CASE is its name, run() gives its rows. `bin/bench` runs them."""
