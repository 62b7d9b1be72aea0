"""Official papers: their layout, numbers, and one content written as DOCX, PDF and plain text. Knows no meeting."""
