"""Secret ballots on devices: the urn in memory, casting and closing, screens (decision 0035)."""
