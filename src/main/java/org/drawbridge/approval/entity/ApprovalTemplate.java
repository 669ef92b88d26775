package org.drawbridge.approval.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/**
 * What applications ask approvers, with {@code ${key}} where a request fills something in. A
 * request gives a value for every place that has no default, and for nothing else.
 */
@Entity
@Table(name = "approval_templates")
@IdClass(OwnedId.class)
public class ApprovalTemplate {

  /** A place to fill in. */
  private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z0-9_.-]{1,64})}");

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "template_key")
  private String key;

  @Column(name = "title")
  private String title;

  @Column(name = "text")
  private String text;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_template_defaults",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "template_id", referencedColumnName = "id")
      })
  @MapKeyColumn(name = "place")
  @Column(name = "default_value")
  private Map<String, String> defaults = new HashMap<>();

  @Column(name = "signed")
  private boolean signed;

  @Column(name = "quorum")
  private int quorum;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_template_approvers",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "template_id", referencedColumnName = "id")
      })
  @Column(name = "user_id")
  private Set<UUID> approvers = new HashSet<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_template_groups",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "template_id", referencedColumnName = "id")
      })
  @Column(name = "group_id")
  private Set<UUID> groups = new HashSet<>();

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected ApprovalTemplate() {}

  public ApprovalTemplate(UUID companyId, UUID id, String key, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.key = key;
    this.createdAt = now;
  }

  /**
   * @param signs whether a yes has to be signed with a passkey
   * @throws Impossible where a default is for no place of the text
   */
  public void say(
      String newTitle,
      String newText,
      Map<String, String> newDefaults,
      boolean signs,
      int newQuorum,
      Set<UUID> newApprovers,
      Set<UUID> newGroups) {
    title = newTitle;
    text = newText;
    refuseUnknown("defaults", newDefaults);
    defaults.clear();
    defaults.putAll(newDefaults);
    signed = signs;
    quorum = newQuorum;
    approvers.clear();
    approvers.addAll(newApprovers);
    groups.clear();
    groups.addAll(newGroups);
  }

  /**
   * The text, filled in; a value is put in as it is, and not looked at for places again.
   *
   * @throws Impossible where a value is missing, or is for no place of the text
   */
  public String filled(Map<String, String> values) {
    refuseUnknown("metaData", values);
    Map<String, String> all = defaults();
    all.putAll(values);
    List<MemberError> missing = new ArrayList<>();
    places().stream()
        .filter(place -> !all.containsKey(place))
        .forEach(place -> missing.add(MemberError.at(place, "is missing").below("/metaData")));
    if (!missing.isEmpty()) {
      throw new Impossible(missing);
    }
    return PLACE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(all.getOrDefault(match.group(1), "")));
  }

  private void refuseUnknown(String member, Map<String, String> values) {
    Set<String> places = places();
    List<MemberError> unknown =
        values.keySet().stream()
            .filter(name -> !places.contains(name))
            .sorted()
            .map(name -> MemberError.at(name, "is for no place of the text").below("/" + member))
            .toList();
    if (!unknown.isEmpty()) {
      throw new Impossible(unknown);
    }
  }

  private Set<String> places() {
    Set<String> places = new LinkedHashSet<>();
    PLACE.matcher(text).results().map((MatchResult match) -> match.group(1)).forEach(places::add);
    return places;
  }

  public Map<String, String> defaults() {
    return new TreeMap<>(defaults);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String key() {
    return key;
  }

  public String title() {
    return title;
  }

  public String text() {
    return text;
  }

  public boolean isSigned() {
    return signed;
  }

  public int quorum() {
    return quorum;
  }

  public Set<UUID> approvers() {
    return Set.copyOf(approvers);
  }

  /** The owners of their accounts are asked, whoever that is by then. */
  public Set<UUID> groups() {
    return Set.copyOf(groups);
  }

  public Instant createdAt() {
    return createdAt;
  }
}
