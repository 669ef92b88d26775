package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator")
class OperatorIT {

  private final HttpCalls anonymous = SharedServer.anonymous();

  @ParameterizedTest
  @DisplayName("sees without a token that the server is up")
  @ValueSource(strings = {"/health/ready", "/health/live"})
  void health(String path) {
    assertThat(anonymous.get(path).expect(200).json().getString("status")).isEqualTo("UP");
    Problems.expect(anonymous.post(path, "{}"), 405, "method-not-allowed");
  }

  @Test
  @DisplayName("sees without a token how many checks were answered, and nothing about whom")
  void metrics() {
    TestApplication application = TestCompany.create().application();
    application.check("metrics-subject").expect(200);
    String metrics = anonymous.get("/metrics").expect(200).text();
    assertThat(metrics)
        .containsPattern("(?m)^drawbridge_checks_\\w+\\{.*} [0-9.]+")
        .doesNotContain("metrics-subject")
        .doesNotContain(application.id());
  }
}
