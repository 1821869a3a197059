DELETE { ?said prov:wasAttributedTo ?value }
INSERT {
    ?said prov:wasAttributedTo <https://w3id.org/her2ld/curator/a-second-reader> .
    <https://w3id.org/her2ld/curator/a-second-reader>
        a prov:Agent ;
        rdfs:label "A second reader"@en .
}
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; prov:wasAttributedTo ?value }
