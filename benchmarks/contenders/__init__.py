"""Other ways to the same Word files, each made from what agreementkit has finished, so that the text is the same.

- `limit`: serialise and deflate the finished parts: what any program has to do that saves such a file.
- `templated`: docxtpl renders a template in which the values are tags again and paragraphs have conditions again.
- `paragraphs`: python-docx puts the document together, paragraph by paragraph.
- `converted`: pandoc converts the Markdown, one process a document.

None of them chooses clauses, checks a value, counts a number, or writes Markdown besides.
"""
