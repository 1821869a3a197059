# A second qualifier of the same heading, as a heading qualifier of its own.
INSERT {
    ?heading her2:headingQualifier her2:part .
    her2:part a her2:HeadingQualifier ; her2:order 2 ; her2:majorTopic false ; her2:qualifier ?other ; her2:qualifiedDescriptor mesh:D018734Q000378 .
}
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?same her2:qualifier ?other . ?other rdfs:label "metabolism"@en }
