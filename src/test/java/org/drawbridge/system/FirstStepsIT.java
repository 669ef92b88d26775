package org.drawbridge.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.drawbridge.testing.FirstSteps;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The README's first steps, pasted as printed")
class FirstStepsIT {

  @Test
  @DisplayName(
      "lead to a blocked login, after an unlock to one that goes on, to a policy, and to a passkey")
  void leadToBlockedLogin() throws IOException, InterruptedException {
    List<String> commands = new ArrayList<>(FirstSteps.everywhereTheSame());
    commands.addAll(FirstSteps.withPolicies());
    commands.addAll(FirstSteps.withPasskeys());
    commands.addAll(FirstSteps.justInTime());
    commands.addAll(FirstSteps.withSignals());
    commands.addAll(FirstSteps.withChallenges());
    commands.addAll(FirstSteps.withRules());
    assertThat(output(commands).lines())
        .satisfiesExactly(
            validated -> assertThat(validated).isEqualTo("{\"validated\":true}"),
            allowed -> assertThat(allowed).startsWith("{\"locked\":false,"),
            locked -> assertThat(locked).isEqualTo("true"),
            blocked -> assertThat(blocked).startsWith("{\"locked\":true,"),
            unlocked -> assertThat(unlocked).isEqualTo("false"),
            allowedAgain -> assertThat(allowedAgain).startsWith("{\"locked\":false,"),
            because -> assertThat(because).isEqualTo("The account was unlocked."),
            cron -> assertThat(cron).isEqualTo("30 18 * * 1-5"),
            preview ->
                assertThat(preview)
                    .contains("2030-03-29T18:30+01:00", "2030-04-01T18:30+02:00")
                    .doesNotContain("2030-03-30"),
            link -> assertThat(link).contains("/enroll?auth-token="),
            codes -> assertThat(codes).startsWith("[{\"code\":\""),
            matching -> assertThat(matching).isEqualTo("true"),
            secret -> assertThat(secret).hasSize(43),
            endpoint -> assertThat(endpoint).contains("/event-transmitters/").endsWith("/events"),
            origins -> assertThat(origins).contains("https://acme.eu.auth0.com"),
            page -> assertThat(page).contains("/challenge/?token="),
            changed -> assertThat(changed).isEqualTo("0"),
            version -> assertThat(version).isEqualTo("2"));
  }

  @Test
  @DisplayName("go on with the guide for Auth0, which tries every Action and makes a pack")
  void atAuth0() throws IOException, InterruptedException {
    List<String> commands = new ArrayList<>(FirstSteps.everywhereTheSame());
    commands.addAll(FirstSteps.atAuth0());
    assertThat(
            output(commands)
                .lines()
                .skip(7)
                .filter(line -> !line.startsWith("Took "))
                .map(line -> line.replaceAll("session=\\w+ |ms=\\d+", "")))
        .containsExactly(
            "Auth0 would go on.",
            "Logged: drawbridge: check allowed ",
            "true",
            "Auth0 would deny, with \"Login failed\".",
            "Logged: drawbridge: check denied ",
            "Auth0 would deny, with \"Password reset failed\".",
            "Logged: drawbridge: check denied ",
            "false",
            "true",
            "Auth0 would deny, with \"DOMAIN_DENIED\" and \"Registration failed\".",
            "Logged: drawbridge: registration denied ",
            "Auth0 would go on.",
            "Logged: drawbridge: check failed, login allowed by FAIL_OPEN cause=http-401 ",
            "Auth0 would go on.",
            "Logged: drawbridge: enabling done ",
            "Auth0 would go on.",
            "Logged: drawbridge: phone-message done ",
            "Auth0 would go on.",
            "Logged: drawbridge: password-change done ",
            "Auth0 would put \"https://shop.example.com/lock_state\": \"NOT_PROTECTED\" into the"
                + " accessToken.",
            "Auth0 would put \"https://shop.example.com/last_unlock\": null into the accessToken.",
            "Auth0 would put \"https://shop.example.com/assurance\": \"NONE\" into the accessToken.",
            "Auth0 would go on.",
            "Logged: drawbridge: check allowed ",
            "Logged: drawbridge: claims added ",
            "credentials-exchange.json",
            "password-reset-post-challenge.json",
            "post-change-password.json",
            "post-login.json",
            "post-user-registration.json",
            "pre-user-registration.json",
            "send-phone-message.json");
  }

  @Test
  @DisplayName("go on with the guide to the activity log, which verifies it twice")
  void activityLog() throws IOException, InterruptedException {
    List<String> commands = new ArrayList<>(FirstSteps.everywhereTheSame());
    commands.addAll(FirstSteps.verifyingActivity());
    assertThat(output(commands).lines().skip(7))
        .satisfiesExactly(
            intact -> assertThat(intact).isEqualTo("true"),
            head -> assertThat(head).matches("\\d+ [0-9a-f]{64}"));
  }

  private static String output(List<String> blocks) throws IOException, InterruptedException {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", String.join("\n", blocks));
    bash.environment().put("SERVER", SharedServer.get().url().toString());
    bash.environment().put("TOKEN", RunningServer.BOOTSTRAP_TOKEN);
    Process process = bash.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
