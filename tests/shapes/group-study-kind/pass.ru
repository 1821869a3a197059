INSERT DATA {
    <https://w3id.org/her2ld/record/10.1007_BF02967477/group-a> a her2:StudyGroup ; her2:ofStudy <https://w3id.org/her2ld/record/10.1007_BF02967477/study-a> . <https://w3id.org/her2ld/record/10.1007_BF02967477/study-a> a her2:Study
}
