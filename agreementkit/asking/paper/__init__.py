"""The questionnaire: the questions on paper for both sides, in Word and Markdown, and the way back from it."""
