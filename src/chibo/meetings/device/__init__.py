"""The meeting on a device that may be without a network: what it brings along, how it joins up again."""
