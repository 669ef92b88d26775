package org.drawbridge.access;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the current request, put here by the filter that identified it. */
@RequestScoped
public class CallerIdentity {

  private @Nullable Caller caller;

  void identify(Caller identified) {
    this.caller = identified;
  }

  /**
   * @throws IllegalStateException when no filter ran: the resource lacks its annotation
   */
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("No filter identified the caller of this request");
    }
    return caller;
  }

  public boolean isKnown() {
    return caller != null;
  }

  public DomainCaller application() {
    return (DomainCaller) caller();
  }

  public ApiKeyCaller apiKey() {
    return (ApiKeyCaller) caller();
  }

  public ChallengeCaller challenge() {
    return (ChallengeCaller) caller();
  }

  public AdministratorCaller administrator() {
    return (AdministratorCaller) caller();
  }

  public UserCaller user() {
    return (UserCaller) caller();
  }

  public Reach reach() {
    return caller().reach();
  }
}
