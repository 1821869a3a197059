# An old DOI with every odd character that a DOI may have.
DELETE { ?paper bibo:doi ?doi }
INSERT { ?paper bibo:doi "10.1002/(SICI)1097-0142(19960101)77:1<1::AID-CNCR1>3.0.CO;2-X" }
WHERE  { ?paper a fabio:Article ; bibo:doi ?doi }
