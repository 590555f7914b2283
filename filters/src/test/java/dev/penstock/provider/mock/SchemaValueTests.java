package dev.penstock.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.penstock.core.Json;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link SchemaValue}: a library that shares no code with it judges what it makes. */
class SchemaValueTests {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Subject SUBJECT = Subject.of("topic: tidal power\nplatform: twitter");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['a','b'],"
                        + "'additionalProperties':false}",
                "{'type':'object','properties':{'mood':{'enum':['good','bad']},'v':{'const':3}},'required':['mood','v']}",
                "{'type':'array','items':{'type':'number','minimum':0.2,'maximum':0.3},'minItems':3,'maxItems':4}",
                "{'type':'integer','exclusiveMinimum':5,'maximum':6}",
                "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':0.001}",
                "{'type':'integer','multipleOf':7,'minimum':100,'maximum':106}",
                "{'type':'number','multipleOf':0.05,'minimum':-1,'maximum':1}",
                "{'type':'integer','maximum':-1000}",
                "{'type':'string','minLength':300,'maxLength':310}",
                "{'type':'string','maxLength':3}",
                "{'type':'string','pattern':'^[A-Z]{3}-\\\\d{2,4}(foo|bar)?$'}",
                "{'type':'string','pattern':'^(https?://)[a-z0-9.-]+\\\\.(com|org)$','minLength':20}",
                "{'type':'string','pattern':'^[a-z]+$','minLength':10,'maxLength':11}",
                "{'type':'string','pattern':'^[^a-y]+\\\\w\\\\s?$'}",
                "{'type':'array','items':{'type':'boolean'},'uniqueItems':true,'minItems':2}",
                "{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}],'items':false}",
                "{'type':'array','contains':{'const':9},'minContains':2,'items':{'type':'integer'}}",
                "{'type':['string','null'],'maxLength':10}",
                "{'anyOf':[{'type':'null'},{'type':'object','properties':{'x':{'type':'string'}},'required':['x']}]}",
                "{'oneOf':[{'type':'object','properties':{'k':{'const':'a'},'n':{'type':'integer'}},'required':['k','n']},"
                        + "{'type':'object','properties':{'k':{'const':'b'}},'required':['k']}]}",
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},"
                        + "'oneOf':[{'required':['a']},{'required':['b']}]}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'integer','minimum':3}},'required':['a']},"
                        + "{'properties':{'a':{'maximum':4},'b':{'type':'string'}},'required':['b']}]}",
                "{'$defs':{'node':{'type':'object','properties':{'v':{'type':'integer'},'next':{'anyOf':[{'$ref':'#/$defs/node'},"
                        + "{'type':'null'}]}},'required':['v','next']}},'$ref':'#/$defs/node'}",
                "{'type':'object','properties':{'v':{'type':'string'},'children':{'type':'array','items':{'$ref':'#'}}},"
                        + "'required':['v','children']}",
                "{'type':'object','additionalProperties':{'type':'integer'},'minProperties':3}",
                "{'type':'object','properties':{'a':{},'b':{},'c':{}},'required':['b'],'maxProperties':2}",
                "{'type':'object','properties':{'kind':{'enum':['x','y']},'n':{'type':'integer'}},'required':['kind'],"
                        + "'if':{'properties':{'kind':{'const':'x'}}},'then':{'required':['n']},'else':{'required':['kind']}}",
                "{'type':'object','properties':{'content':{'type':'string','maxLength':60}},'required':['content']}",
                "{'type':'object','required':['free'],'additionalProperties':{'type':'array','items':{'type':'string'}}}",
                "{'properties':{'day':{'type':'string','format':'date'},'id':{'type':'string','format':'uuid'},"
                        + "'at':{'type':'string','format':'date-time'},'url':{'type':'string','format':'uri'},"
                        + "'ip':{'type':'string','format':'ipv6'},'mail':{'type':'string','format':'email'}}}",
                "true"
            })
    void whatIsMadeFits(String schema) {
        JsonNode node = Json.LENIENT_DEPTH.read(schema.replace('\'', '"'));
        for (long seed = 0; seed < 30; seed++) {
            assertFits(node, seed);
        }
    }

    @Test
    void randomSchemasAreFitted() {
        long seed = 20_260_314;
        System.out.println("SchemaValueTests seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            assertFits(RandomSchema.of(random, 4), i);
        }
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "{'$ref':'#'}",
                "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}",
                "{'anyOf':[{'$ref':'#'},{'$ref':'#'}],'not':{'$ref':'#'}}",
                "{'type':'object','properties':{'a':{'$ref':'#'},'b':{'$ref':'#'}},'required':['a','b']}",
                "{'type':'array','items':{'$ref':'#'},'minItems':1000000}",
                "{'type':'string','minLength':2000000000}",
                "{'type':'string','pattern':'((((()+)+)+)+)+x{1000}','minLength':5000}",
                "{'type':'string','pattern':'(?=a)(?<x>b)\\\\1[','maxLength':5}",
                "{'type':'number','minimum':1e300,'maximum':1e308}",
                "{'type':'number','multipleOf':1e-300}",
                "{'type':'integer','minimum':5,'maximum':1}",
                "{'type':'object','required':5,'properties':[],'enum':{},'minItems':'x','$ref':'http://x/y'}",
                "false"
            })
    void noSchemaIsTooMuch(String schema) {
        JsonNode node = Json.LENIENT_DEPTH.read(schema.replace('\'', '"'));
        assertThat(make(node, 1)).isNotNull();
    }

    @Test
    void theSameSeedMakesTheSameValue() {
        ObjectNode schema = RandomSchema.of(new SplittableRandom(5), 4);
        assertThat(make(schema, 3)).isEqualTo(make(schema, 3));
    }

    @Test
    void theJudgeSeesFormats() {
        ObjectNode schema = Json.object().put("type", "string").put("format", "date");
        JsonNode wrong = JsonNodeFactory.instance.stringNode("soon");
        assertThat(REGISTRY.getSchema(schema).validate(wrong, SchemaValueTests::withFormats))
                .isNotEmpty();
    }

    private static JsonNode make(JsonNode schema, long seed) {
        return new SchemaValue(schema, SUBJECT, new SplittableRandom(seed)).value();
    }

    private static void assertFits(JsonNode schema, long seed) {
        JsonNode value = make(schema, seed);
        assertThat(REGISTRY.getSchema(schema).validate(value, SchemaValueTests::withFormats))
                .as("%s for %s", value, schema)
                .isEmpty();
    }

    private static void withFormats(ExecutionContext context) {
        context.executionConfig(config -> config.formatAssertionsEnabled(true));
    }
}
