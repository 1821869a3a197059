DELETE { ?place oa:end ?end ; oa:exact ?exact }
INSERT { ?place oa:end 1280 ; oa:exact "tyrosine kinase inhibitors" }
WHERE {
    ?place oa:end ?end ; oa:exact ?exact .
    FILTER(?exact = "tyrosine kinase inhibitors, such as emodin")
}
