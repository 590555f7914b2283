package dev.penstock.guard.detect;

import static dev.penstock.guard.detect.SecretForm.ALNUM;
import static dev.penstock.guard.detect.SecretForm.BASE64;
import static dev.penstock.guard.detect.SecretForm.DASH;
import static dev.penstock.guard.detect.SecretForm.DOTTED;
import static dev.penstock.guard.detect.SecretForm.HEX;
import static dev.penstock.guard.detect.SecretForm.UPPER;
import static dev.penstock.guard.detect.SecretForm.URL;
import static dev.penstock.guard.detect.SecretForm.WORD;

import java.util.List;

/** The keys that matter to those who call models, of the 222 that gitleaks knows (MIT). The first that fits names it. */
final class SecretForms {

    static final List<SecretForm> ALL = List.of(
            SecretForm.of("anthropic-key", "sk-ant-", URL, 30, 160),
            SecretForm.of("openrouter-key", "sk-or-v1-", HEX, 64, 64),
            SecretForm.of("openai-key", "sk-proj-", URL, 40, 240),
            SecretForm.of("openai-key", "sk-svcacct-", URL, 40, 240),
            SecretForm.of("openai-key", "sk-admin-", URL, 40, 240),
            SecretForm.of("openai-key", "sk-", ALNUM, 32, 64),
            SecretForm.of("google-key", "AIza", URL, 35, 35),
            SecretForm.of("google-oauth-token", "ya29.", URL, 30, 2000),
            SecretForm.of("google-client-secret", "GOCSPX-", URL, 28, 28),
            SecretForm.of("aws-access-key", "AKIA", UPPER, 16, 16),
            SecretForm.of("aws-access-key", "ASIA", UPPER, 16, 16),
            SecretForm.of("bedrock-key", "ABSK", BASE64, 100, 280),
            SecretForm.of("huggingface-token", "hf_", ALNUM, 34, 40),
            SecretForm.of("groq-key", "gsk_", ALNUM, 40, 60),
            SecretForm.of("replicate-token", "r8_", ALNUM, 37, 40),
            SecretForm.of("perplexity-key", "pplx-", ALNUM, 40, 64),
            SecretForm.of("xai-key", "xai-", ALNUM, 70, 90),
            SecretForm.of("databricks-token", "dapi", HEX, 32, 32),
            SecretForm.of("github-token", "ghp_", ALNUM, 36, 36),
            SecretForm.of("github-token", "gho_", ALNUM, 36, 36),
            SecretForm.of("github-token", "ghu_", ALNUM, 36, 36),
            SecretForm.of("github-token", "ghs_", ALNUM, 36, 36),
            SecretForm.of("github-token", "ghr_", ALNUM, 36, 76),
            SecretForm.of("github-token", "github_pat_", WORD, 70, 90),
            SecretForm.of("gitlab-token", "glpat-", DOTTED, 20, 64),
            SecretForm.of("slack-token", "xoxb-", DASH, 24, 120),
            SecretForm.of("slack-token", "xoxp-", DASH, 24, 120),
            SecretForm.of("slack-token", "xapp-", DASH, 24, 140),
            SecretForm.of("stripe-key", "sk_live_", ALNUM, 16, 120),
            SecretForm.of("stripe-key", "rk_live_", ALNUM, 16, 120),
            SecretForm.of("stripe-key", "sk_test_", ALNUM, 16, 120),
            SecretForm.of("sendgrid-key", "SG.", DOTTED, 60, 72),
            SecretForm.of("npm-token", "npm_", ALNUM, 36, 36),
            SecretForm.of("pypi-token", "pypi-AgEI", URL, 50, 400),
            SecretForm.of("digitalocean-token", "dop_v1_", HEX, 64, 64),
            SecretForm.of("docker-token", "dckr_pat_", URL, 27, 40),
            SecretForm.of("vault-token", "hvs.", URL, 60, 200),
            SecretForm.of("grafana-token", "glsa_", WORD, 41, 41),
            SecretForm.of("notion-token", "ntn_", ALNUM, 43, 50),
            SecretForm.of("shopify-token", "shpat_", HEX, 32, 32),
            SecretForm.of("postman-key", "PMAK-", DASH, 59, 59));

    private SecretForms() {}
}
