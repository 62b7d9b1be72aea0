"""One's own account and the accounts that one may give another way into: password, second factor, devices."""
