"""A Report -> JUnit XML: a test for each gate and each case, with failures and errors told apart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from evals.records import Report
from evals.report.lines import paired

#: Characters that XML cannot hold in any form.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_junit(report: Report) -> ET.Element:
    """Return the report as JUnit XML.

    A case that must pass and came out otherwise is a failure, a case without an answer an error; any other case with an
    outcome that was not expected passes, and its output says what was found. A gate that was missed is a failure, one
    that could not be evaluated an error.
    """
    suite = ET.Element("testsuite", name=f"curbside.{report.header.suite}")
    for gate in report.verdict.results:
        if gate.kind == "case":
            continue
        test = ET.SubElement(suite, "testcase", classname=f"gate.{gate.kind}", name=gate.name)
        if gate.value is None:
            ET.SubElement(test, "error", message=gate.detail)
        elif not gate.passed:
            ET.SubElement(test, "failure", message=gate.detail)
    for case, run in paired(report):
        test = ET.SubElement(suite, "testcase", classname="case", name=case.id)
        unexpected = case.expect not in ("open", run.outcome)
        found = f"{run.outcome}, expected {case.expect}"
        if run.record is None:
            ET.SubElement(test, "error", message=_NOT_XML.sub("�", run.error))
        elif unexpected and case.id in report.must_pass:
            ET.SubElement(test, "failure", message=found)
        elif unexpected:
            ET.SubElement(test, "system-out").text = found
    failures, errors = len(suite.findall(".//failure")), len(suite.findall(".//error"))
    suite.attrib.update(tests=str(len(suite)), failures=str(failures), errors=str(errors))
    return suite
