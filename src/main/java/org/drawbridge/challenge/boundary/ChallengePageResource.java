package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.drawbridge.access.DeviceCookie;
import org.drawbridge.challenge.control.Answering;
import org.drawbridge.challenge.control.Answering.Answered;
import org.drawbridge.challenge.control.Answering.App;
import org.drawbridge.challenge.control.Answering.Challenge;
import org.drawbridge.challenge.control.Answering.GoingOn;
import org.drawbridge.challenge.control.AnsweringWithPasskeys;
import org.drawbridge.challenge.control.Recognizing.Browser;
import org.drawbridge.challenge.control.RememberingDevices;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.credential.control.Registering;
import org.drawbridge.credential.control.StartedAssertion;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the challenge page calls. The attempt's token is the credential, in a header. What a refused
 * call has used up stays used up.
 */
@Path("challenge")
@RequestScoped
@Transactional(dontRollbackOn = Refusal.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengePageResource {

  private static final String HEADER = "x-drawbridge-challenge";

  @Inject Answering answering;

  @Inject AnsweringWithPasskeys passkeys;
  @Inject RememberingDevices devices;

  @HeaderParam(HEADER)
  @Nullable String token;

  @Context HttpHeaders headers;

  /**
   * @param isRemembered whether the browser can go on without an answer
   * @param rememberDeviceDays for how long it can be remembered; 0 for not at all
   * @param hasWayBack whether the person came from an application that can be gone back to
   * @param expiry when the page can no longer be used
   */
  public record ChallengeResponse(
      String company,
      String action,
      AttemptState state,
      boolean isEnrolling,
      boolean isRemembered,
      int rememberDeviceDays,
      boolean hasWayBack,
      List<Method> methods,
      Instant expiry) {

    /**
     * @param hint where its codes go, in part; empty where they go nowhere
     */
    public record Method(VerificationMethod method, String hint) {}

    static ChallengeResponse of(Challenge challenge) {
      return new ChallengeResponse(
          challenge.company(),
          challenge.action(),
          challenge.state(),
          challenge.isEnrolling(),
          challenge.isRemembered(),
          challenge.rememberDeviceDays(),
          challenge.hasWayBack(),
          challenge.methods().entrySet().stream()
              .map(entry -> new Method(entry.getKey(), entry.getValue()))
              .toList(),
          challenge.expiry());
    }
  }

  public record CodeRequest(
      @NotNull VerificationMethod method, @Nullable @PhoneNumber String phoneNumber) {}

  public record AnswerRequest(
      @NotNull VerificationMethod method,
      @NotBlank @Size(max = 100) String code,
      @Nullable @Size(max = 4000) String state,
      @Nullable Boolean rememberDevice) {
    GoingOn goingOn(Browser browser) {
      return new GoingOn(state, Boolean.TRUE.equals(rememberDevice), browser);
    }
  }

  public record PasskeyRequest(
      @NotBlank @Size(max = 200) String ceremonyId,
      @NotNull JsonObject credential,
      @Nullable @Size(max = 4000) String state,
      @Nullable Boolean rememberDevice) {
    GoingOn goingOn(Browser browser) {
      return new GoingOn(state, Boolean.TRUE.equals(rememberDevice), browser);
    }
  }

  public record PassRequest(@Nullable @Size(max = 4000) String state) {}

  public record BackRequest(@Nullable @Size(max = 4000) String state) {}

  /**
   * @param redirectUrl where the page goes back to; null for nowhere
   */
  public record BackResponse(@Nullable String redirectUrl) {}

  /**
   * @param redirectUrl where the page goes on; null for nowhere
   * @param recoveryCodes shown this once
   */
  public record AnswerResponse(@Nullable String redirectUrl, List<String> recoveryCodes) {

    static AnswerResponse of(Answered answered) {
      return new AnswerResponse(answered.redirectUrl(), answered.recoveryCodes());
    }
  }

  /**
   * @param secret in base32, for who cannot scan
   * @param qrCode a picture, as a data URL
   */
  public record AppResponse(String secret, String uri, String qrCode) {}

  public record StartedResponse(String ceremonyId, JsonObject publicKey) {}

  @GET
  public ChallengeResponse look() {
    return ChallengeResponse.of(answering.look(token, browser()));
  }

  @POST
  @Path("codes")
  public void sendCode(CodeRequest request) {
    answering.sendCode(token, request.method(), request.phoneNumber());
  }

  @POST
  @Path("app")
  public AppResponse enrolApp() {
    App app = answering.enrolApp(token);
    return new AppResponse(app.secret(), app.uri(), app.qrCode());
  }

  @POST
  @Path("answer")
  public Response answer(AnswerRequest request) {
    return answered(
        answering.answer(
            token, request.method(), request.code().strip(), request.goingOn(browser())));
  }

  @POST
  @Path("remembered")
  public Response pass(PassRequest request) {
    return answered(devices.pass(token, new GoingOn(request.state(), false, browser())));
  }

  @POST
  @Path("back")
  public BackResponse goBack(BackRequest request) {
    return new BackResponse(answering.goBack(token, request.state()).orElse(null));
  }

  @POST
  @Path("passkey/start")
  public StartedResponse startPasskey() {
    StartedAssertion started = passkeys.start(token);
    return new StartedResponse(started.id(), started.publicKey());
  }

  @POST
  @Path("passkey/enrol/start")
  public StartedResponse startEnrollingPasskey() {
    Registering.Started started = passkeys.startEnrolling(token);
    return new StartedResponse(started.id(), started.standard());
  }

  @POST
  @Path("passkey/enrol")
  public Response enrolPasskey(PasskeyRequest request) {
    return answered(
        passkeys.enrol(
            token, request.ceremonyId(), request.credential(), request.goingOn(browser())));
  }

  @POST
  @Path("passkey")
  public Response answerWithPasskey(PasskeyRequest request) {
    return answered(
        passkeys.answer(
            token, request.ceremonyId(), request.credential(), request.goingOn(browser())));
  }

  private Browser browser() {
    return new Browser(DeviceCookie.in(headers), headers.getHeaderString(HttpHeaders.USER_AGENT));
  }

  private static Response answered(Answered answered) {
    Response.ResponseBuilder response = Response.ok(AnswerResponse.of(answered));
    if (answered.cookie() != null) {
      response.cookie(DeviceCookie.of(answered.cookie().value(), answered.cookie().lifetime()));
    }
    return response.build();
  }
}
