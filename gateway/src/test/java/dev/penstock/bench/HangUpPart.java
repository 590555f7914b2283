package dev.penstock.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;

/** Callers that leave, one after the other: how long until the upstream's connection is closed. */
final class HangUpPart {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Options options;
    private final List<Target> targets;
    private final HttpClient control;
    private int held;

    HangUpPart(Options options, List<Target> targets, int upstream) {
        this.options = options;
        this.targets = targets;
        this.control = HttpClient.create().baseUrl("http://127.0.0.1:" + upstream);
    }

    void run() throws InterruptedException, ExecutionException, TimeoutException {
        Table table = Table.of(
                "Hang-up: ms until the upstream is closed, " + options.hangUps() + " each",
                "subject",
                "before the headers p50 / p99 / max",
                "in mid stream p50 / p99 / max");
        for (Target target : targets) {
            Times early = new Times();
            Times late = new Times();
            for (int i = 0; i < options.hangUps(); i++) {
                early.add(beforeHeaders(target));
                late.add(inMidStream(target));
            }
            table.row(target.name(), cell(early), cell(late));
        }
        table.print();
    }

    private static String cell(Times times) {
        return Table.pair(times.percentile(50), times.percentile(99), 2) + " / "
                + Table.number(times.percentile(100), 2);
    }

    private long beforeHeaders(Target target) {
        try (Caller caller = Caller.of(target, 1)) {
            Disposable call = caller.json(Asking.HELD.of(target.model())).subscribe();
            tell("/bench/arrived/" + held);
            return leave(call);
        }
    }

    private long inMidStream(Target target) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (Caller caller = Caller.of(target, 1)) {
            Disposable call = caller.stream(Asking.ENDLESS.of(target.model()))
                    .subscribe(bytes -> begun.complete(null), begun::completeExceptionally);
            begun.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return leave(call);
        }
    }

    private long leave(Disposable call) {
        long left = System.nanoTime();
        call.dispose();
        return tell("/bench/closed/" + held++) - left;
    }

    private long tell(String path) {
        return Long.parseLong(String.valueOf(
                control.get().uri(path).responseContent().aggregate().asString().block(LONGEST)));
    }
}
