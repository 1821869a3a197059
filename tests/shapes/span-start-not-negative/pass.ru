# A span begins at 0, the lowest place there is.
INSERT { her2:span a oa:SpecificResource ; oa:hasSource ?text ; oa:hasSelector her2:selector . her2:selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start 0 ; oa:end 10 ; oa:exact "Biological" }
WHERE  { ?text a her2:TitleText }
