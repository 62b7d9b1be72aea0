"""After the meeting: minutes assembled from what was recorded, signed, sent up, corrected by annotation only."""
