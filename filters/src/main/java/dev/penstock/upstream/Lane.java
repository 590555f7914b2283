package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.exchange.Answer;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.Facts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How an answer travels: as it is, when caller and provider speak the same dialect, or through the hub. */
enum Lane {
    VERBATIM {
        @Override
        Answer whole(JsonNode body, byte[] bytes, AttemptBooks books) {
            Facts facts = books.provider().dialect().facts(body);
            books.attempt().answeredBy(facts.model());
            books.attempt().finished(facts.finish());
            if (facts.usage() != null) {
                books.attempt().used(facts.usage());
            }
            return new Answer.Whole((ObjectNode) body, bytes);
        }

        @Override
        Decoder decoder(AttemptBooks books) {
            return new VerbatimDecoder(books);
        }
    },
    TRANSLATED {
        @Override
        Answer whole(JsonNode body, byte[] bytes, AttemptBooks books) {
            ChatAnswer answer = books.provider()
                    .dialect()
                    .decode(body)
                    .orModel(books.attempt().model());
            if (answer.choices().isEmpty()) {
                throw new DecodeException("an answer without choices");
            }
            books.attempt().answeredBy(answer.model());
            books.attempt().finished(answer.choices().get(0).finish().wire());
            if (answer.usage() != null) {
                books.attempt().used(answer.usage());
            }
            return new Answer.Whole(
                    books.exchange().surface().whole(answer, books.exchange().id()));
        }

        @Override
        Decoder decoder(AttemptBooks books) {
            return new TranslatingDecoder(books);
        }
    };

    static Lane of(Asked asked, Dialect dialect) {
        return asked.dialect().equals(dialect.name()) ? VERBATIM : TRANSLATED;
    }

    /** {@code body} is what {@code bytes} say. */
    abstract Answer whole(JsonNode body, byte[] bytes, AttemptBooks books);

    abstract Decoder decoder(AttemptBooks books);
}
