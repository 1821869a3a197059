INSERT DATA {
    <https://w3id.org/her2ld/record/10.1007_BF02967477/group-a> a her2:StudyGroup ; her2:within <https://w3id.org/her2ld/record/10.1007_BF02967477/group-b> . <https://w3id.org/her2ld/record/10.1007_BF02967477/group-b> a her2:StudyGroup
}
