package dev.penstock.records;

/** What stands in the zip file of a case. */
final class CaseFile {

    static final String README = "README.txt";
    static final String CASE = "case.json";
    static final String RECORDS = "records.jsonl";
    static final String TRAIL = "trail.jsonl";
    static final String CHECKPOINTS = "checkpoints";
    static final String KEY = "key.pub";

    static final String TEXT = """
            A case of Penstock's record of every call.

            case.json      what was asked for, and how much was found
            records.jsonl  the records, a line each, byte for byte as they were written
            trail.jsonl    what proves them: the whole trail of the instance, stretch by stretch. A stretch that holds records of
                           the case lists the hash of every record in it ("hashes"); of the others only inner hashes of the tree
                           are given ("parts", LEVEL:BASE64)
            checkpoints    signed statements: origin, number of records, root (C2SP tlog-checkpoint, signed note, Ed25519)
            key.pub        the keys that signed them, newest first; each of them must be known to you, from before

            To check all of it:

                java -jar penstock.jar audit verify CASE.zip [--checkpoint FILE] [--key FILE]

            FILE is a checkpoint, and a key, that you have from elsewhere. Without them the case shows only that it fits together:
            whoever made it up would sign it with a key of his own, and put the true one beside it. What signed is told.

            By hand: the hash of a record is SHA-256 over the 32 bytes of its "prev" and the bytes of its line (without the line
            break); it must stand in "hashes" at its place ("seq" minus "from"). The leaf of record n is SHA-256(0x00, its hash), an
            inner node SHA-256(0x01, left, right), as in RFC 6962; the root over the first n records is that of the checkpoint of
            size n.

            What this proves: every record is what was written, at its place, in a trail that has not changed since the
            checkpoint. That no record of the case is missing can be seen in a case that was asked for without a service or a
            call: it holds every record of its time, and each number from "seq" of the first to "seq" of the last must be there.
            """;

    private CaseFile() {}
}
