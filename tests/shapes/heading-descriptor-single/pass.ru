# Two headings have the same descriptor.
INSERT { her2:heading-10 a her2:MeshHeading ; her2:descriptor ?descriptor ; her2:order 10 ; her2:majorTopic false }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en }
