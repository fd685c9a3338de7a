"""Every command as steps of `nowhere.py`, by family: with success, with a wrong key, with what else goes wrong."""

from __future__ import annotations

from reprisal_cli.cli.output_formats import FORMATS
from reprisal_cli.render.writers import WRITERS
from tests.cli.nowhere import CASE

ALL = ",".join(WRITERS)

LIFE = f"""
vault init ${{ONE}} ${{TWO}}
case new --state XXA --record individual --title 'Invented, arrest after an event' --described 'a woman defender'
    --gender female --limb a --body hrc --act arbitrary-arrest-or-detention --act-date 2025-03-10 --source ngo
    --received 2025-03-12 --assignee desk-1 --by desk-1 --name sealed --as-of 2025-03-12
2 case new --state XXA --record individual --by desk-1
validate
case set-status {CASE} screened --by desk-1 --as-of 2025-03-12
1 case set-status {CASE} verified --by desk-1 --as-of 2025-03-12
1 case set-status {CASE} verified --by desk-1 --as-of 2025-03-12 --output-format json
case develop {CASE} --source un-field --date 2025-03-13 --as-of 2025-03-13
case set {CASE} sources.s1.identity=sealed acts.a1.sources=s1,s2 acts.a1.persons=p1 corroboration.status=corroborated
    corroboration.by=desk-1 corroboration.date=2025-03-13 corroboration.standard=reasonable-grounds --as-of 2025-03-13
vault edit {CASE}
case set-status {CASE} verified --by desk-1 --as-of 2025-03-13
case set {CASE} persons.p1.consent.level=public-no-name persons.p1.consent.uses=report,state,oral,press
    persons.p1.consent.given_by=victim persons.p1.consent.date=2025-03-14 persons.p1.consent.risks_explained=yes
    persons.p1.consent.review_by=2035-02-01 risk.date=2025-03-14 risk.by=desk-1 risk.if_published=medium
    risk.mitigations=withhold-name risk.decision=publish-withheld risk.review_by=2035-02-01 --as-of 2025-03-14
case set-status {CASE} cleared --by desk-1 --as-of 2025-03-14
case develop {CASE} --action communication --by-bodies sr-defenders --letter UA --number 'XXA 1/2025'
    --date 2025-03-20 --to XXA --as-of 2025-03-20
case set-status {CASE} transmitted --by desk-1 --as-of 2025-03-20
case respond {CASE} --to u1 --from ${{LETTER_TXT}} --kinds rejects-allegation --addresses-reprisal no --language en
    --summary 'the arrest had no link with the event.' --as-of 2025-04-26
2 case respond {CASE} --to u1 --from ${{LETTER_TXT}} --show
2 case respond {CASE} --to u9 --from ${{LETTER_TXT}} --as-of 2025-04-26
2 case respond {CASE} --to u1 --from ${{LETTER_TXT}} --summary-paras 99 --as-of 2025-04-26
case set-status {CASE} answered --by desk-1 --as-of 2025-04-26
case set {CASE} 'text.hrc-60.annex=On 20 March 2025, a mandate holder addressed the alleged arrest of {{p1}} ({{u1}}).'
    --as-of 2025-08-02
case set-status {CASE} drafted --by drafter-1 --as-of 2025-08-02
2 sign {CASE} --of text --by drafter-1 --as-of 2025-08-05
sign {CASE} --of text --by reviewer-1 --as-of 2025-08-05
sign {CASE} --of safety --by reviewer-2 --as-of 2025-08-05
sign --list
case set-status {CASE} approved --by reviewer-1 --as-of 2025-08-05
@commit
"""

FAMILIES: dict[str, str] = {
    "cases": f"""
case list
case list --output-format json --text event
case show {CASE}
case show {CASE} --output-format json
2 case show XXA-1999-001
status --as-of 2025-08-06
status --all --as-of 2025-08-06 --output-format json
status --all --as-of 2025-08-06 --output-format ics
consent due --within 9999
consent due --within 9999 --output-format json
suggest {CASE} --as-of 2025-05-01
suggest {CASE} --brief --language en --output-format json --as-of 2025-05-01
stats
stats --output-format json
stats --output-format csv
stats --output-format markdown
rule RC201
words acts
schema case
codeowners
guard
guard --all
case new --state XXA --record individual --title 'Invented, the same again' --described 'a defender' --gender female
    --body hrc --act threats --by desk-1 --as-of 2025-08-06
case merge XXA-2025-002 --into {CASE} --reason 'the same arrest' --by desk-1 --as-of 2025-08-07
init ${{BASE}}/fresh --git
2 init ${{BASE}}/fresh
template new ${{BASE}}/ours.docx
template check ${{BASE}}/ours.docx
2 template check ${{BARE_DOCX}}
consent withdrawn {CASE} p1 --look-in ${{BASE}}/nowhere
@commit
consent withdrawn {CASE} p1 --yes --note ${{BASE}}/note.txt
2 consent withdrawn {CASE} p9
""",
    "findings": "".join(f"validate --as-of 2025-08-06 --output-format {form}\n" for form in FORMATS)
    + f"""
2 validate --output-format pdf
validate --as-of 2025-08-06 --strict --no-cache
validate --as-of 2025-08-06 --preset draft --since HEAD~1
validate --as-of 2025-08-06 --diff --unsafe-fixes
validate --as-of 2025-08-06 --fix --unsafe-fixes
diff
diff HEAD~1 HEAD --effect --edition hrc-60
1 diff HEAD~1 HEAD --require
diff HEAD~1 HEAD --output-format json
diff HEAD~1 HEAD --output-format markdown
diff HEAD~1 HEAD --output-format html
2 diff nowhere HEAD
git setup
git textconv cases/XXA/{CASE}.yaml
git merge ${{BASE_YAML}} ${{OURS_YAML}} ${{THEIRS_YAML}}
2 git textconv ${{BASE}}/nothing.yaml
scan ${{BARE_DOCX}} --identity ${{KEY}}
scan ${{BARE_DOCX}}
1 scan ${{LETTER_TXT}} --identity ${{KEY}}
1 scan ${{LETTER_TXT}} ${{NAMED_DOCX}} --identity ${{KEY}} --output-format json
1 scan ${{BASE}}/desk/${{NAMED_FILE}} --identity ${{KEY}} --output-format sarif
scan ${{LETTER_TXT}}
2 scan ${{LETTER_TXT}} --identity ${{OTHER}}
2 scan ${{BASE}}/nothing --identity ${{KEY}}
""",
    "vault": f"""
vault check
vault check --identity ${{KEY}}
vault check --identity ${{KEY}} --output-format json
1 vault check --identity ${{OTHER}}
meant vault show {CASE} --identity ${{KEY}} --yes-print
2 vault show {CASE} --identity ${{KEY}}
2 vault show {CASE} --identity ${{OTHER}} --yes-print
2 vault show XXA-2025-999 --identity ${{KEY}} --yes-print
vault edit {CASE} --identity ${{KEY}}
2 vault edit {CASE}
2 vault edit {CASE} --identity ${{OTHER}}
vault put {CASE} ${{LETTER_TXT}} --as letter-2.txt
2 vault put {CASE} ${{LETTER_TXT}} --as letter-2.txt
2 vault put {CASE} ${{BASE}}/desk/${{NAMED_FILE}}
vault put {CASE} ${{LETTER_TXT}} --as letter-2.txt --replace
vault get {CASE} XXA-2025-04-25-reply.txt --out ${{BASE}}/desk/opened.txt --identity ${{KEY}} --yes-disk
2 vault get {CASE} letter-2.txt --out letter.txt --identity ${{KEY}}
2 vault get {CASE} letter-2.txt --out ${{BASE}}/desk/x.txt --identity ${{OTHER}} --yes-disk
vault recipients list
vault recipients add ${{THIRD}} --comment invented
vault rekey --identity ${{KEY}}
2 vault rekey --identity ${{OTHER}}
vault recipients remove ${{THIRD}}
vault rekey --identity ${{KEY}}
2 vault init ${{THIRD}}
""",
    "documents": f"""
template new ${{BASE}}/ours.docx
build report --to {ALL} --identity ${{KEY}}
build report --to html --out build/unkeyed
build report --to docx --reference-doc ${{BASE}}/ours.docx --out build/ours
build report --budget
build annex --mechanism special-procedures --to docx --identity ${{KEY}} --out build/annex
build annex --mechanism special-procedures --form table --to md --out build/annex
build letter XXA --to docx,html --identity ${{KEY}} --out build/letter
build dossier XXA --to docx,html --identity ${{KEY}} --out build/dossier
build president --session 58 --to docx,html --identity ${{KEY}} --out build/president
build briefing --to docx,html --identity ${{KEY}} --out build/briefing
build letter XXA --to epub --out build/letter2
build redline HEAD~1 HEAD --to docx,html --identity ${{KEY}} --out build/redline
2 build report --to html --identity ${{OTHER}}
2 build letter XXA --to html --identity ${{OTHER}}
2 build report --to xls --identity ${{KEY}}
2 build report --final --to html
""",
    "publication": f"""
build report --to html --final --identity ${{KEY}} --sign ${{SSH}}
sign-receipt build/hrc-60/manifest.json --key ${{SSH}}
verify build/hrc-60/manifest.json --signers ${{SIGNERS}}
2 verify build/hrc-60/manifest.json
publish hrc-60 --by editor-1 --dry-run --as-of 2025-09-20
publish hrc-60 --by editor-1 --as-of 2025-09-20
@commit
case close {CASE} --reason 'wish of the victim' --by desk-1 --as-of 2025-09-21
edition new hrc-63 --from hrc-60
draft {CASE} --edition hrc-63 --as-of 2025-09-21
edition set hrc-63 symbol=A/HRC/63/999
2 edition set hrc-63 contnets=x
edition list
edition show hrc-60
edition carry-over hrc-63 --as-of 2025-10-01
edition carry-over hrc-63 --as-of 2025-10-01 --output-format json
1 publish hrc-63 --by editor-1 --as-of 2026-09-20
build dossier XXA --to html --identity ${{KEY}}
build letter XXA --to html --identity ${{KEY}}
consent withdrawn {CASE} p1
@commit
1 validate --as-of 2025-10-01 --strict
""",
    "word": """
build report --to docx --identity ${KEY} --out ${BASE}/sent
import word ${BASE}/sent/report.docx --identity ${KEY} --dry-run
import word ${BASE}/sent/report.docx --identity ${KEY} --commit
1 import word ${BASE}/sent/report.docx
2 import word ${BASE}/sent/report.docx --identity ${OTHER}
2 import word ${LETTER_TXT} --identity ${KEY}
""",
}

APART = (("preview",),)
"""Commands that no step can run: a test of its own does."""
