"""The API: what other programs may read, and the one thing that they may write, under the standing of a person."""
