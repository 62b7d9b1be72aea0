"""Requests about one's own data: made, acknowledged, answered, withdrawn, each within its working days."""
