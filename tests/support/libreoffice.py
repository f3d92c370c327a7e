"""LibreOffice as somebody who edits: a script in its own Basic, which needs no screen and no UNO for Python.

`steps` are lines of Basic that use `doc` and the helpers below; the file is saved as .docx afterwards.
"""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from agreementkit.writers.word.layout.libreoffice import find_libreoffice

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
)
_SCRIPT = """
Private doc As Object
Private missing As String

Function Found(words As String) As Object
  Dim search As Object
  search = doc.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  Found = doc.findFirst(search)
  If IsNull(Found) Then missing = words
End Function

Sub Track(yes As Boolean)
  doc.RecordChanges = yes
End Sub

Sub Do_(command As String)
  Dim none()
  CreateUnoService("com.sun.star.frame.DispatchHelper").executeDispatch( _
    doc.CurrentController.Frame, ".uno:" & command, "", 0, none())
End Sub

Sub PutIn(behind As String, words As String)
  Dim at As Object
  at = Found(behind)
  at.Text.insertString(at.End, words, False)
End Sub

Sub Strike(words As String)
  Found(words).String = ""
End Sub

Sub Overwrite(words As String, others As String)
  Found(words).String = others
End Sub

Sub CutIn(behind As String)
  Dim at As Object
  at = Found(behind)
  at.Text.insertControlCharacter(at.End, 0, False)
End Sub

Sub TakeOut(start As String)
  Dim at As Object
  at = Found(start)
  Dim cursor As Object
  cursor = at.Text.createTextCursorByRange(at.Start)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoNextParagraph(True)
  cursor.String = ""
End Sub

Sub Below(start As String, words As String)
  Dim at As Object, cursor As Object
  at = Found(start)
  cursor = at.Text.createTextCursorByRange(at.Start)
  cursor.gotoEndOfParagraph(False)
  cursor.Text.insertControlCharacter(cursor, 0, False)
  cursor.Text.insertString(cursor, words, False)
End Sub

Sub Embolden(words As String)
  Found(words).CharWeight = 150
End Sub

Sub Remark(words As String, text As String)
  Dim note As Object
  note = doc.createInstance("com.sun.star.text.textfield.Annotation")
  note.Content = text
  note.Author = "C. Member"
  Dim at As Object
  at = Found(words)
  at.Text.insertTextContent(at, note, True)
End Sub

Sub MoveDown(start As String)
  doc.CurrentController.getViewCursor().gotoRange(Found(start).Start, False)
  Do_ "MoveDown"
End Sub

Sub Main(source As String, target As String)
  On Error GoTo Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  {steps}
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "MS Word 2007 XML"
  doc.storeToURL(target, how())
  doc.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Dim file As Integer
  file = FreeFile
  Open ConvertFromUrl(target) & ".txt" For Output As #file
  Print #file, Err & " " & Error$ & " in line " & Erl & ", not found: " & missing
  Close #file
  StarDesktop.terminate()
End Sub
"""


def edited_by_libreoffice(content: bytes, steps: str, folder: Path, *, timeout: float = 120) -> bytes:
    """Return a file as LibreOffice saved it after some steps.

    Args:
        content: The file.
        steps: Lines of Basic: `Track True`, `PutIn "the case", " and the day"`.
        folder: An empty folder to work in.
        timeout: Seconds it may take.
    """
    program = find_libreoffice()
    assert program is not None
    profile = folder / "profile"
    start = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run([*start, "--terminate_after_init"], timeout)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"  # the profile comes with it, and it is empty
    module.write_text(
        f'{_HEAD}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
        f' script:language="StarBasic">{escape(_SCRIPT.replace("{steps}", steps))}</script:module>',
        encoding="utf-8",
    )
    source, target = folder / "sent.docx", folder / "back.docx"
    source.write_bytes(content)
    call = f"macro:///Standard.Module1.Main({source.as_uri()},{target.as_uri()})"
    _run([*start, call], timeout)
    fault = target.with_name("back.docx.txt")
    assert target.is_file(), fault.read_text() if fault.is_file() else "LibreOffice saved nothing"
    return target.read_bytes()


def _run(command: list[str], timeout: float) -> None:
    """Run a program that starts others, and end all of them after a time."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
