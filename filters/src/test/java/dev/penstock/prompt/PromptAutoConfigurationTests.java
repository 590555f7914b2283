package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.template.PromptException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Tests for {@link PromptAutoConfiguration} and {@link PromptFailureAnalyzer}. */
class PromptAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PromptAutoConfiguration.class));

    @Test
    void withoutRoutesItDoesNothing() {
        runner.run(context -> assertThat(context).doesNotHaveBean(Kinds.class));
    }

    @Test
    void withoutContentRoutesNoDirectoryIsNeeded() {
        runner.withPropertyValues("penstock.routes=routes.yml", "penstock.prompts=no-such-directory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(RenderPromptGatewayFilterFactory.class)
                        .hasSingleBean(FitSchemaGatewayFilterFactory.class));
    }

    @Test
    void aMistakeIsToldWithDescriptionAndAction() {
        PromptException mistake = PromptException.at("prompts/x/kind.yml", 3, "'liv' is unknown");
        var analysis = new PromptFailureAnalyzer().analyze(new IllegalStateException(mistake), mistake);
        assertThat(analysis.getDescription()).isEqualTo("prompts/x/kind.yml:3: 'liv' is unknown");
        assertThat(analysis.getAction()).contains("docs/prompts.md");
    }
}
