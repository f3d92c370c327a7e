"""Notes in Word: where they hang, and what each way of showing them writes."""
