package dev.penstock.surface.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link ChatTexts}: which members of requests and whole answers are read. */
class ChatTextsTests {

    /** A line for each thing that it is told, and {@code !} behind each text. */
    private static final class Seen implements TextVisitor {

        private final List<String> lines = new ArrayList<>();

        @Override
        public String text(TextKind kind, String at, String text) {
            lines.add(kind + " " + at + " " + text);
            return text + "!";
        }

        @Override
        public void other(String at, String what) {
            lines.add("other " + at + " " + what);
        }

        @Override
        public void unreadable(String at) {
            lines.add("unreadable " + at);
        }
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json.replace('\'', '"'));
    }

    private static List<String> asked(String json) {
        Seen seen = new Seen();
        ChatTexts.INSTANCE.asked(tree(json), seen);
        return seen.lines;
    }

    private static List<String> part(String part) {
        return asked("{'messages':[{'role':'user','content':[" + part + "]}]}");
    }

    private static List<String> answered(String choice) {
        Seen seen = new Seen();
        ChatTexts.INSTANCE.answered(tree("{'choices':[" + choice + "]}"), seen);
        return seen.lines;
    }

    @Test
    void aPartIsReadWhateverElseItHas() {
        assertThat(part("{'type':'text','text':'a','refusal':null}"))
                .containsExactly("MESSAGE messages[0].content[0].text a");
        assertThat(part("{'type':'text','text':'a','refusal':'b'}"))
                .containsExactly("MESSAGE messages[0].content[0].text a", "MESSAGE messages[0].content[0].refusal b");
        assertThat(part("{'type':'image_url','text':'a','image_url':{'url':'u'}}"))
                .containsExactly("MESSAGE messages[0].content[0].text a", "other messages[0].content[0] image_url");
        assertThat(part("{'type':'image_url','image_url':{'url':'u'}}"))
                .containsExactly("other messages[0].content[0] image_url");
        assertThat(part("{'text':'a'}")).containsExactly("MESSAGE messages[0].content[0].text a");
        assertThat(part("{'type':'output_text','text':'a','annotations':[]}"))
                .containsExactly("MESSAGE messages[0].content[0].text a");
        assertThat(part("{'text':'a','x':'b'}"))
                .containsExactly("MESSAGE messages[0].content[0].text a", "other messages[0].content[0] unknown");
        assertThat(part("{}")).containsExactly("other messages[0].content[0] unknown");
        assertThat(part("{'type':'text'}")).containsExactly("unreadable messages[0].content[0]");
        assertThat(part("{'type':'text','text':7}")).containsExactly("unreadable messages[0].content[0].text");
        assertThat(part("'a'")).containsExactly("unreadable messages[0].content[0]");
    }

    @Test
    void reasoningIsReadInEachOfItsForms() {
        assertThat(part("{'type':'thinking','thinking':[{'type':'text','text':'a'}],'signature':'s'}"))
                .containsExactly("REASONING messages[0].content[0].thinking[0].text a");
        assertThat(part("{'type':'thinking','thinking':'a'}"))
                .containsExactly("REASONING messages[0].content[0].thinking a");
        assertThat(answered("{'message':{'role':'assistant','thinking':'a','reasoning':'b','reasoning_content':'c',"
                        + "'reasoning_details':[{'text':'d'},{'summary':'e'}],'content':'f'}}"))
                .containsExactly(
                        "REASONING choices[0].message.reasoning_content c",
                        "REASONING choices[0].message.reasoning b",
                        "REASONING choices[0].message.thinking a",
                        "REASONING choices[0].message.reasoning_details[0].text d",
                        "REASONING choices[0].message.reasoning_details[1].summary e",
                        "MESSAGE choices[0].message.content f");
    }

    /** Before the answer itself: the last of what is read is what a record remembers. */
    @Test
    void whatAnAnswerCitesIsReadFirst() {
        assertThat(answered("{'message':{'content':'a','annotations':[{'type':'url_citation',"
                        + "'url_citation':{'url':'u','title':'b','content':'c'}}]}}"))
                .containsExactly(
                        "MESSAGE choices[0].message.annotations[0].url_citation.title b",
                        "MESSAGE choices[0].message.annotations[0].url_citation.content c",
                        "MESSAGE choices[0].message.content a");
    }

    @Test
    void theTextOfACompletionIsReadToo() {
        assertThat(answered("{'index':0,'text':'a'}")).containsExactly("MESSAGE choices[0].text a");
    }

    @Test
    void whatStandsInTheWayOfATextIsTold() {
        assertThat(answered("{'message':'a'}")).containsExactly("unreadable choices[0].message");
        assertThat(
                        answered(
                                "{'message':{'tool_calls':'a','audio':'b','function_call':['c'],'reasoning_details':{'x':'d'}}}"))
                .containsExactly(
                        "unreadable choices[0].message.reasoning_details",
                        "unreadable choices[0].message.audio",
                        "unreadable choices[0].message.tool_calls",
                        "unreadable choices[0].message.function_call");
        assertThat(answered("{'message':{'role':'assistant','content':null,'tool_calls':null,'audio':null}}"))
                .isEmpty();
    }

    @Test
    void descriptionsOfTheFormThatIsWantedAreRead() {
        assertThat(asked(
                        "{'messages':[],'response_format':{'type':'json_schema','json_schema':{'name':'n','description':'a',"
                                + "'schema':{'properties':{'x':{'type':'string','description':'b'}}}}}}"))
                .containsExactly(
                        "TOOL_DESCRIPTION response_format.json_schema.description a",
                        "TOOL_DESCRIPTION response_format.json_schema.schema.properties.x.description b");
    }

    @Test
    void membersThatNobodyKnowsAreToldWhereTheyHoldText() {
        assertThat(
                        asked(
                                "{'messages':[],'user':'u','stop':'s','x':'a','y':{'z':[1,['b']]},'n':null,'top_a':0.5,'o':{}}"))
                .containsExactly("other x member", "other y member");
    }

    @Test
    void theLastMessageIsTheLastOfTheListWithAllItsParts() {
        assertThat(ChatTexts.INSTANCE.lastAsked(
                        tree("{'messages':[{'role':'user','content':'a'},{'role':'user','content':["
                                + "{'type':'text','text':'b'},{'type':'image_url','image_url':{}},{'type':'text','text':'c'}]}],"
                                + "'prediction':{'type':'content','content':'d'}}")))
                .isEqualTo("bc");
        assertThat(ChatTexts.INSTANCE.lastAsked(tree("{'messages':[]}"))).isEmpty();
    }

    @Test
    void theLastMessageIsNoResultOfAToolAndNoCall() {
        String asked = "{'messages':[{'role':'user','content':'a'},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}]}";
        assertThat(lastAsked(asked + "]}")).isEqualTo("a");
        assertThat(lastAsked(asked + ",{'role':'tool','tool_call_id':'c','content':'b'}]}"))
                .isEqualTo("a");
        assertThat(lastAsked(
                        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','function_call':{'name':'f'}},"
                                + "{'role':'function','name':'f','content':'b'}]}"))
                .isEqualTo("a");
        assertThat(lastAsked(asked + ",{'role':'user','content':''}]}")).isEmpty();
    }

    /** Or a caller would say there what is not to be judged. */
    @Test
    void theLastMessageIsWhateverIsNotOfToolsAlone() {
        String asked = "{'messages':[{'role':'user','content':'a'},";
        assertThat(lastAsked(asked + "{'role':'system','content':'s'}]}")).isEqualTo("s");
        assertThat(lastAsked(asked + "{'role':'developer','content':'s'}]}")).isEqualTo("s");
        assertThat(lastAsked(asked + "{'role':'tool','tool_call_id':'c','content':'t'}]}"))
                .isEqualTo("t");
        assertThat(lastAsked(asked + "{'role':'tool','content':'t'}]}")).isEqualTo("t");
        assertThat(lastAsked(asked + "{'role':'user','content':[{'type':'image_url','image_url':{}}]}]}"))
                .isEmpty();
        assertThat(lastAsked(asked + "{'role':'assistant','content':'p','tool_calls':[{'id':'c'}]}]}"))
                .isEqualTo("p");
        assertThat(lastAsked(asked + "{'role':'assistant','content':'p'}]}")).isEqualTo("p");
        assertThat(
                        lastAsked(
                                asked
                                        + "{'role':'tool','tool_call_id':'c','content':'t'},{'role':'assistant','tool_calls':[{'id':'c'}]}]}"))
                .isEqualTo("t");
    }

    @Test
    void aCallIsAnsweredOnceAndBeforeAnybodyElseSpeaks() {
        String asked = "{'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c'}]},";
        String answer = "{'role':'tool','tool_call_id':'c','content':'t'}";
        assertThat(lastAsked(asked + answer + "]}")).isEqualTo("a");
        assertThat(lastAsked(asked + answer + "," + answer + "]}")).isEqualTo("t");
        assertThat(lastAsked(asked + "{'role':'user','content':'b'}," + answer + "]}"))
                .isEqualTo("t");
        assertThat(lastAsked("{'messages':[{'role':'user','content':'a'},"
                        + "{'role':'assistant','refusal':'no','tool_calls':[{'id':'c'}]}]}"))
                .as("a refusal is judged, and is no content")
                .isEmpty();
    }

    private static String lastAsked(String json) {
        return ChatTexts.INSTANCE.lastAsked(tree(json));
    }

    @Test
    void whatCanHoldNoTextStandsInNobodysWay() {
        assertThat(answered("{'message':{'role':'assistant','content':'a','tool_calls':{},'audio':'','thinking':false,"
                        + "'reasoning':[],'function_call':''}}"))
                .containsExactly("MESSAGE choices[0].message.content a");
    }

    @Test
    void anAnswerOfPartsIsOneDocument() {
        assertThat(
                        ChatTexts.INSTANCE.documents(
                                tree(
                                        "{'choices':[{'message':{'content':[{'type':'thinking','thinking':[]},"
                                                + "{'type':'text','text':'{'},{'type':'text','text':'}'}]}},{'message':{'content':'x'}}]}")))
                .containsExactly("{}", "x");
    }

    /** What is written is written where it was read. */
    @Test
    void textsAreChangedWhereTheyStand() {
        ObjectNode body = tree(
                "{'choices':[{'text':'a','logprobs':{},'message':{'content':[{'type':'thinking','thinking':[{'text':'b'}]},"
                        + "{'type':'text','text':'c'}]}}]}");
        ChatTexts.INSTANCE.answered(body, new Seen());
        assertThat(body)
                .hasToString(tree("{'choices':[{'text':'a!','logprobs':null,'message':{'content':[{'type':'thinking',"
                                + "'thinking':[{'text':'b!'}]},{'type':'text','text':'c!'}]}}]}")
                        .toString());
    }
}
