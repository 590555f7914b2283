package dev.penstock.surface;

import dev.penstock.core.Json;
import dev.penstock.exchange.Outside;
import dev.penstock.exchange.Settings;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.surface.chat.ParseChatGatewayFilterFactory;
import dev.penstock.surface.content.ContentSurface;
import dev.penstock.surface.content.ParseContentGatewayFilterFactory;
import dev.penstock.surface.messages.MessagesErrors;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The steps {@code WriteAnswer}, {@code ParseChat} and {@code ParseContent}, and the one renderer of errors. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class SurfaceAutoConfiguration {

    private final RequestIds ids = new RequestIds(new SecureRandom());

    @Bean
    ChatSurface penstockChatSurface() {
        return new ChatSurface(Clock.systemUTC());
    }

    @Bean
    ContentSurface penstockContentSurface(ChatSurface chat) {
        return new ContentSurface(chat);
    }

    @Bean
    ErrorRenderer penstockErrorRenderer(ChatSurface chat, ContentSurface content, ObjectProvider<Outside> outside) {
        return new ErrorRenderer(
                new Surfaces(chat, content, new MessagesErrors()),
                ids,
                refused -> outside.forEach(each -> each.refused(refused)));
    }

    @Bean
    BuiltInAnswers penstockBuiltInAnswers(ErrorRenderer errors) {
        return new BuiltInAnswers(ids, errors);
    }

    @Bean
    WriteAnswerGatewayFilterFactory writeAnswerGatewayFilterFactory(ErrorRenderer errors) {
        StreamWriter streams = new StreamWriter(new UsageReport());
        return new WriteAnswerGatewayFilterFactory(
                new WriteAnswer(ids, new AnswerHeaders(System::nanoTime), streams, errors, Clock.systemUTC()));
    }

    @Bean
    ParseChatGatewayFilterFactory parseChatGatewayFilterFactory(ChatSurface chat, Function<Settings, Json> json) {
        return new ParseChatGatewayFilterFactory(chat, json);
    }

    @Bean
    ParseContentGatewayFilterFactory parseContentGatewayFilterFactory(
            ContentSurface content, Function<Settings, Json> json) {
        return new ParseContentGatewayFilterFactory(json, content);
    }
}
