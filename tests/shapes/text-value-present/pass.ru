# The title has a label beside its characters.
INSERT { ?text rdfs:label "title of the paper"@en }
WHERE  { ?text a her2:TitleText }
