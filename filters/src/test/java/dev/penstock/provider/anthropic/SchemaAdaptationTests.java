package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link SchemaAdaptation}, by the rows of PROVIDERS 15. */
class SchemaAdaptationTests {

    @Test
    void everyObjectIsClosedAndKeepsItsRequiredList() {
        assertThat(adapted("{'type':'object','properties':{'a':{'type':'object','additionalProperties':true}},"
                        + "'required':['a']}"))
                .isEqualTo(json("{'type':'object','properties':{'a':{'type':'object','additionalProperties':false,"
                        + "'properties':{}}},'required':['a'],'additionalProperties':false}"));
    }

    @Test
    void refusedKeywordsMoveIntoTheDescription() {
        assertThat(adapted("{'type':'integer','description':'Age.','minimum':0,'maximum':9}"))
                .isEqualTo(json("{'type':'integer','description':'Age.\\n\\n{minimum: 0, maximum: 9}'}"));
        assertThat(adapted("{'type':'string','pattern':'a+','default':'a','minLength':1}"))
                .isEqualTo(
                        json("{'type':'string','description':'{pattern: \\'a+\\', default: \\'a\\', minLength: 1}'}"));
    }

    @Test
    void knownFormatsAndSmallListsStay() {
        assertThat(adapted("{'type':'string','format':'date-time'}").has("format"))
                .isTrue();
        assertThat(adapted("{'type':'string','format':'iban'}"))
                .isEqualTo(json("{'type':'string','description':'{format: \\'iban\\'}'}"));
        assertThat(adapted("{'type':'array','items':{},'minItems':1}")
                        .path("minItems")
                        .intValue())
                .isEqualTo(1);
        assertThat(adapted("{'type':'array','items':{},'minItems':2,'maxItems':3}"))
                .isEqualTo(json("{'type':'array','items':{},'description':'{minItems: 2, maxItems: 3}'}"));
    }

    @Test
    void oneOfBecomesAnyOfAndAllOfStays() {
        assertThat(adapted("{'oneOf':[{'type':'string'}],'anyOf':[{'type':'null'}]}"))
                .isEqualTo(json("{'anyOf':[{'type':'string'},{'type':'null'}]}"));
        assertThat(adapted("{'allOf':[{'type':'string','minLength':1}]}")
                        .path("allOf")
                        .path(0))
                .isEqualTo(json("{'type':'string','description':'{minLength: 1}'}"));
    }

    @Test
    void aConstantIsAListOfOneAndEnumStays() {
        assertThat(adapted("{'type':'string','const':'a'}")).isEqualTo(json("{'type':'string','enum':['a']}"));
        assertThat(adapted("{'enum':['a',1]}")).isEqualTo(json("{'enum':['a',1]}"));
    }

    @Test
    void referencesStandAloneAndDefinitionsAreAdapted() {
        assertThat(adapted("{'type':'object','properties':{'a':{'$ref':'#/$defs/a','description':'x'}},"
                        + "'$defs':{'a':{'type':'string','maxLength':1}},'$schema':'https://json-schema.org/x'}"))
                .isEqualTo(json("{'type':'object','properties':{'a':{'$ref':'#/$defs/a'}},"
                        + "'$defs':{'a':{'type':'string','description':'{maxLength: 1}'}},"
                        + "'additionalProperties':false}"));
        assertThat(adapted("{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}}")
                        .has("$defs"))
                .isTrue();
    }

    @Test
    void aMissingTypeIsReadFromWhatTheNodeHolds() {
        assertThat(adapted("{'properties':{}}").path("type").stringValue()).isEqualTo("object");
        assertThat(adapted("{'items':{'type':'string'}}").path("type").stringValue())
                .isEqualTo("array");
    }

    @Test
    void theSchemaGivenIsNotChanged() {
        JsonNode given = json("{'type':'object','properties':{'a':{'type':'string','maxLength':1}}}");
        JsonNode before = given.deepCopy();
        SchemaAdaptation.of(given).put("changed", true);
        assertThat(given).isEqualTo(before);
    }

    private static JsonNode adapted(String schema) {
        return SchemaAdaptation.of(json(schema));
    }
}
