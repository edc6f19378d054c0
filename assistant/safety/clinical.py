"""A pattern for questions about the care of a patient: doses, diagnoses, treatment. They are not Curbside's to answer."""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

import re

#: Diseases by their endings, and the commonest that have none; words of the trade that end alike are left out.
_CONDITION = (
    r"(?:(?!diagnosis|prognosis|diploma)\w+(?:itis|[^\W\d_]emia|aemia|osis|oma|opathy|algia|penia|uria|plegia)\b"
    r"|sepsis|septic shock|stroke|pneumonia|hypertension|hypotension|diabetes|dka|a-?fib|atrial fibrillation|chf|heart failure|copd|asthma"
    r"|seizures?|status epilepticus|chest pain|dvt|pe|uti|anaphylaxis|withdrawal|delirium|overdose|fever|rash|migraine|gout|shock|lupus|syncope|cancer"
    r"|angina|epilepsy|influenza|embolism|infarction|arrhythmia|stemi|nstemi|ckd|aki|mrsa|ascites|gi bleed|hemorrhage|croup|eczema|acne|shingles)\b"
)
#: Drugs by their endings and by name. Those that people misuse are left out: a question about them may be about the asker.
_DRUG = (
    r"(?:\w{2,}(?:cillin|mycin|micin|floxacin|cycline|prazole|conazole|sartan|dipine|statin|parin|gliptin|gliflozin|triptan|setron|vir|olol|pril)\b"
    r"|lasix|furosemide|tylenol|acetaminophen|paracetamol|ibuprofen|nsaids?|aspirin|heparin|warfarin|insulin|metformin|vanc|vancomycin|zosyn|ceftriaxone"
    r"|antibiotics?|abx|steroids?|prednisone|dexamethasone|statins?|beta[- ]?blockers?|ace inhibitors?|diuretics?|pressors?|norepinephrine|levophed|epinephrine"
    r"|amiodarone|digoxin|adenosine|tpa|alteplase|potassium|magnesium|bicarb|lidocaine|antihypertensives?|anticoagulants?|anticoagulation|doacs?|eliquis"
    r"|apixaban|platelets|prbcs?|ffp|naloxone|narcan|ssris? in|lithium|haldol|haloperidol|keppra|phenytoin|levetiracetam|clozapine|allopurinol|colchicine)\b"
)
_PROCEDURE = (
    r"(?:central line|chest tube|lp|lumbar puncture|thoracentesis|paracentesis|arterial line|a-?line|intubation|cricothyrotomy|io line|cardioversion"
    r"|needle decompression|joint injection|pericardiocentesis)"
)
CLINICAL = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:mg|mcg|µg|ml)\b|\bmg/kg\b|\bunits of insulin\b"
    r"|\b(?:dose|dosing|dosage)s? (?:of|for)\b(?! (?:reality|feedback|humility))"
    r"|\b(?:what|which|how much|right|correct|usual|starting|max(?:imum)?|loading|adjust)\b[^.?!]{0,30}\b(?:dose|dosing|dosage)\b"
    r"|\b(?:differential diagnosis|ddx|first[- ]line (?:therapy|treatment|antibiotic)|antibiotics? (?:for|should)|contraindicat\w+)"
    r"|\bhow (?:do|should|would|can) (?:i|we|you) (?:intubate|anticoagulate|extubate|wean|titrate|replete|transfuse|cardiovert|sedate)\b"
    rf"|\b(?:treat|treating|manage|managing|diagnose|diagnosing|work(?:ing)? ?up|treatment|management|workup|symptoms)\b[^.?!]{{0,25}}\b{_CONDITION}"
    rf"|\b(?:differential|first line|treatment|therapy|diagnosis|dx|tx|labs?|antibiotics?|abx|imaging|guidelines?)\b[^.?!]{{0,20}}\b(?:for|in|of)\b[^.?!]{{0,15}}\b{_CONDITION}"
    rf"|\b(?:how much|how many units of|what|which|best|should (?:i|we)|can (?:i|we|you)|may i|do (?:i|we|you)|is|when (?:do|should|to|can)(?: (?:i|we|you))?)\b[^.?!]{{0,25}}"
    rf"\b(?:give|start|use|order|prescribe|transfuse|hold|stop|restart|switch|push|add|bolus|is best|is safe|safe to give)\b[^.?!]{{0,12}}\b{_DRUG}"
    rf"|\b(?:how much|how many|what|which|best|safe to (?:give|use|take)|is)\b(?! (?:is|it|my|the|a|an|our|your)\b)[^.?!]{{0,12}}\b{_DRUG}[^.?!]{{0,40}}"
    rf"\b(?:for|in|with|to give|ok in|safe in|after|can i give|trough|target|level)\b(?! (?:residency|fellowship|training|practice|my program)\b)"
    r"|\b(?:anticoagulate|intubate|extubate|transfuse|thrombolyse|cardiovert) (?:my|a|the|this) (?:patient|pt|child|kid)\b"
    r"|\b(?:interpret|read|reading) (?:this|an|the|my patient'?s) (?:abg|ekg|ecg|cxr|chest x-?ray|ct|mri|blood gas|labs?)\b"
    r"|\b(?:potassium|sodium|creatinine|lactate|troponin|hemoglobin|hgb|glucose|inr|calcium|magnesium|bilirubin|ph|platelets)\b (?:is|of|was|level of|at) \d"
    rf"|\bhow (?:do|should|would|to)(?: (?:i|we|you))? (?:place|insert|do|perform|put in) (?:an? )?(?:ij |emergency )?{_PROCEDURE}\b"
    rf"|\bwhat (?:labs?|tests?|imaging|scan)\b[^.?!]{{0,15}}\b(?:order|send|get)\b[^.?!]{{0,15}}\b(?:for|in)\b|\bgive me a diagnosis\b|\bwhen (?:do|should) (?:i|we|you) (?:start|stop) {_DRUG}",
    re.IGNORECASE,
)
