package dev.penstock.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Tests for {@link RedisSettings} and {@link RedisUris}: Spring's names mean what they mean to Spring. */
class RedisSettingsTests {

    private static RedisSettings settings(Map<String, Object> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("r", RedisSettings.class);
    }

    @Test
    void withoutAnyItIsTheRedisOfThisMachine() {
        RedisURI uri = new RedisUris(settings(Map.of())).one();
        assertThat(List.of(uri.getHost(), uri.getPort(), uri.getDatabase(), uri.isSsl()))
                .containsExactly("localhost", 6379, 0, false);
    }

    @Test
    void aSingleRedisHasItsHostPasswordAndTls() {
        RedisURI uri = new RedisUris(settings(Map.of(
                        "r.host",
                        "redis.internal",
                        "r.port",
                        "6390",
                        "r.database",
                        "3",
                        "r.username",
                        "gw",
                        "r.password",
                        "secret",
                        "r.ssl.enabled",
                        "true")))
                .one();
        assertThat(List.of(uri.getHost(), uri.getPort(), uri.getDatabase(), uri.isSsl()))
                .containsExactly("redis.internal", 6390, 3, true);
        var credentials = uri.getCredentialsProvider().resolveCredentials().block();
        assertThat(credentials.getUsername()).isEqualTo("gw");
        assertThat(new String(credentials.getPassword())).isEqualTo("secret");
        assertThat(uri.toString()).doesNotContain("secret");
    }

    @Test
    void aUrlStandsForAllOfThem() {
        RedisURI uri = new RedisUris(settings(Map.of("r.url", "rediss://gw:secret@redis.internal:6390/2"))).one();
        assertThat(List.of(uri.getHost(), uri.getPort(), uri.getDatabase(), uri.isSsl()))
                .containsExactly("redis.internal", 6390, 2, true);
    }

    @Test
    void sentinelsKnowTheMaster() {
        RedisURI uri = new RedisUris(settings(Map.of(
                        "r.sentinel.master", "main", "r.sentinel.nodes", "s1:26379,s2:26379", "r.database", "1")))
                .one();
        assertThat(uri.getSentinelMasterId()).isEqualTo("main");
        assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("s1", "s2");
        assertThat(uri.getDatabase()).isEqualTo(1);
    }

    @Test
    void aClusterHasNodes() {
        RedisSettings settings = settings(Map.of("r.cluster.nodes", "c1:7001,c2:7002", "r.password", "secret"));
        assertThat(new RedisUris(settings).nodes(settings.cluster()))
                .extracting(RedisURI::getHost, RedisURI::getPort)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c1", 7001),
                        org.assertj.core.groups.Tuple.tuple("c2", 7002));
    }
}
