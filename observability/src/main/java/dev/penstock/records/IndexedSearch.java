package dev.penstock.records;

import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.records.index.RecordIndex;
import dev.penstock.records.index.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@link RecordSearch} with an index: reads only what may be wanted. Reads the disk on the caller's thread. */
public final class IndexedSearch {

    /** An index says where a record may be; two words have one number about never. */
    private static final int MOST_READ = 100_000;

    private final Segments segments;
    private final RecordIndex index;

    public IndexedSearch(Segments segments, RecordIndex index) {
        this.segments = segments;
        this.index = index;
    }

    /**
     * At most {@code limit} records from the cursor on; an empty cursor begins at the beginning.
     *
     * @throws IllegalArgumentException when the cursor is none of ours
     */
    public RecordSearch.Page find(RecordQuery query, String cursor, int limit) {
        Wanted wanted = new Wanted(query.from().toEpochMilli(), query.to().toEpochMilli())
                .service(query.service())
                .model(query.model())
                .outcome(query.outcome())
                .type(query.type())
                .hmac(query.hmac());
        List<ObjectNode> found = new ArrayList<>();
        Place from = cursor.isEmpty() ? Place.START : RecordSearch.place(cursor);
        for (int read = 0; read < MOST_READ; ) {
            List<RecordIndex.Hit> hits = index.find(wanted, from, limit);
            for (RecordIndex.Hit hit : hits) {
                read++;
                Optional<Stored> stored = segments.at(hit.place());
                from = stored.map(Stored::next).orElse(after(hit.place()));
                stored.map(Stored::record).filter(query::takes).ifPresent(found::add);
                if (found.size() == limit) {
                    return new RecordSearch.Page(found, RecordSearch.cursor(from));
                }
            }
            if (hits.size() < limit) {
                return new RecordSearch.Page(found, null);
            }
        }
        return new RecordSearch.Page(found, RecordSearch.cursor(from));
    }

    private static Place after(Place place) {
        return new Place(place.segment(), place.offset() + 1);
    }

    /** Every record of a call, by the call's own id, an intent's, or a request id; empty when there is none. */
    public List<ObjectNode> call(String id) {
        int intent = id.lastIndexOf('#');
        Stream<RecordIndex.Hit> hits = all(id);
        if (intent > 0) {
            hits = Stream.concat(hits, all(id.substring(0, intent)));
        }
        return hits.distinct()
                .map(hit -> segments.at(hit.place()))
                .flatMap(Optional::stream)
                .map(Stored::record)
                .filter(record -> RecordSearch.isOf(record, id))
                .toList();
    }

    private Stream<RecordIndex.Hit> all(String id) {
        return index.find(Wanted.ever().call(id), Place.START, Integer.MAX_VALUE).stream();
    }
}
