package dev.penstock.prompt.kind;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A JSON Schema (2020-12), compiled. Loads nothing from elsewhere. Safe to share between threads. */
public final class JsonSchema {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_PATH)
                            .build()));

    private static final Schema OF_SCHEMAS =
            REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final Schema schema;
    private final JsonNode tree;

    private JsonSchema(Schema schema, JsonNode tree) {
        this.schema = schema;
        this.tree = tree;
    }

    /** @throws IllegalArgumentException when it is not a schema, saying why */
    public static JsonSchema of(JsonNode tree) {
        Optional<Violation> wrong = first(OF_SCHEMAS.validate(tree), tree);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException("not a JSON Schema: " + wrong.get());
        }
        try {
            Schema schema = REGISTRY.getSchema(tree);
            schema.initializeValidators();
            return new JsonSchema(schema, tree);
        } catch (SchemaException broken) {
            throw new IllegalArgumentException("not a JSON Schema that can be used: " + broken.getMessage(), broken);
        }
    }

    public boolean fits(JsonNode document) {
        return schema.validate(document).isEmpty();
    }

    /** The first thing that is wrong, if something is. */
    Optional<Violation> violation(JsonNode document) {
        return first(schema.validate(document), tree);
    }

    private static Optional<Violation> first(List<Error> errors, JsonNode schema) {
        return errors.stream().findFirst().map(error -> Violations.of(error, schema));
    }
}
