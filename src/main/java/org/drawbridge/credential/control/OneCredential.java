package org.drawbridge.credential.control;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import java.util.Optional;
import java.util.Set;
import org.drawbridge.credential.entity.CredentialRecord;
import org.jspecify.annotations.Nullable;

/**
 * Shows the WebAuthn library the one credential that a ceremony is about, so that it can take no
 * other for it. The library's "username" is the user handle in base64url.
 */
final class OneCredential implements CredentialRepository {

  private final @Nullable RegisteredCredential credential;

  private OneCredential(@Nullable RegisteredCredential credential) {
    this.credential = credential;
  }

  static OneCredential none() {
    return new OneCredential(null);
  }

  /** One whose signature was verified before, by its public key alone. */
  static OneCredential of(byte[] credentialId, byte[] userHandle, byte[] publicKey) {
    return new OneCredential(
        RegisteredCredential.builder()
            .credentialId(new ByteArray(credentialId))
            .userHandle(new ByteArray(userHandle))
            .publicKeyCose(new ByteArray(publicKey))
            .build());
  }

  static OneCredential of(CredentialRecord record) {
    return new OneCredential(
        RegisteredCredential.builder()
            .credentialId(new ByteArray(record.credentialId()))
            .userHandle(new ByteArray(record.userHandle()))
            .publicKeyCose(new ByteArray(record.publicKey()))
            .signatureCount(record.signatureCount())
            .build());
  }

  private Optional<RegisteredCredential> known() {
    return Optional.ofNullable(credential);
  }

  @Override
  public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
    return Set.of();
  }

  @Override
  public Optional<ByteArray> getUserHandleForUsername(String username) {
    return known()
        .map(RegisteredCredential::getUserHandle)
        .filter(handle -> handle.getBase64Url().equals(username));
  }

  @Override
  public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
    return known()
        .map(RegisteredCredential::getUserHandle)
        .filter(userHandle::equals)
        .map(ByteArray::getBase64Url);
  }

  @Override
  public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
    return known()
        .filter(c -> c.getCredentialId().equals(credentialId))
        .filter(c -> c.getUserHandle().equals(userHandle));
  }

  @Override
  public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
    // A registration asks this; that a credential is new in its company is ours to see.
    return Set.of();
  }
}
