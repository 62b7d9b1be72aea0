"""The demo: a real province, three invented communes, sixty invented cells and a year of their meetings."""
