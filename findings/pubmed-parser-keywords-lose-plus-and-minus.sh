#!/usr/bin/env bash
# HER2-positive and HER2-negative become one keyword.
#
# Expected: PubMed's XML marks up text in titles, abstracts and keywords alike (<sup>, <sub>, <i>); a reader gives the
# whole text, as it does for the title.
# Seen: pubmed_parser 0.5.1 cuts a keyword at its first mark-up: "HER2<sup>+</sup> disease" and "HER2<sup>-</sup>
# disease" both become "HER2". The title is whole. A group that is an author becomes an author without a name ("|||"),
# an author's second affiliation is dropped, and that the paper was retracted is in no field. (Biopython 1.88 gives
# keywords, authors and affiliations whole, with the mark-up.)
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: the sign is the meaning of the keyword.
# Workaround: take keywords from the XML by itertext(), or read with Biopython.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    pubmed_parser==0.5.1

cat >data.xml <<'END'
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">99999901</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>2021</Year></PubDate></JournalIssue>
<Title>A journal</Title></Journal><ArticleTitle>HER2<sup>-</sup> tumours</ArticleTitle>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Jo</ForeName><Initials>J</Initials>
<AffiliationInfo><Affiliation>First place.</Affiliation></AffiliationInfo>
<AffiliationInfo><Affiliation>Second place.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><CollectiveName>Example Study Group</CollectiveName></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
<MedlineJournalInfo><MedlineTA>A J</MedlineTA></MedlineJournalInfo>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>A J. 2022</RefSource>
<PMID Version="1">99999902</PMID></CommentsCorrections></CommentsCorrectionsList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">HER2<sup>+</sup> disease</Keyword>
<Keyword MajorTopicYN="N">HER2<sup>-</sup> disease</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">99999901</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>
END

cat >ask.py <<'END'
import gzip

import pubmed_parser

gzip.open("data.xml.gz", "wb").write(open("data.xml", "rb").read())
(record,) = pubmed_parser.parse_medline_xml("data.xml.gz")
for field in ("title", "keywords", "authors", "affiliations"):
    print(f"{field}: {record[field]}")
print("fields with the retraction:", [field for field, value in record.items() if "99999902" in str(value)])
END

cat >seen <<'END'
title: HER2- tumours
keywords: HER2; HER2
authors: Doe|Jo|J|;|||
affiliations: First place.
fields with the retraction: []
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "pubmed-parser-keywords-lose-plus-and-minus: changed" >&2
    exit 1
fi
cat now
echo "pubmed-parser-keywords-lose-plus-and-minus: still so"
