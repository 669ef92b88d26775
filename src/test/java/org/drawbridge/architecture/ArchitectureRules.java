package org.drawbridge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Schedule;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the architecture, for all that lies below a root package: the product's, or that of
 * the planted violations which prove that each rule can fail.
 *
 * @param root the package that holds nothing but the composition
 */
record ArchitectureRules(String root) {

  /** Which features each may use, directly; what those use, it may use too. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("problem", Set.of()),
          Map.entry("kernel", Set.of("problem")),
          Map.entry("access", Set.of("kernel")),
          Map.entry("company", Set.of("access")),
          Map.entry("account", Set.of("company")),
          Map.entry("user", Set.of("account")),
          Map.entry("signal", Set.of("user")),
          Map.entry("credential", Set.of("user")),
          Map.entry("registration", Set.of("credential")),
          Map.entry("policy", Set.of("account", "user")),
          Map.entry("approval", Set.of("policy", "credential")),
          Map.entry("protection", Set.of("approval")),
          Map.entry("challenge", Set.of("credential", "account")),
          Map.entry("notification", Set.of("company")),
          Map.entry("audit", Set.of("company")),
          Map.entry("portal", Set.of("protection", "registration", "challenge")),
          Map.entry("auth0", Set.of("signal")),
          Map.entry("operation", Set.of("company")));

  /** They may also use the events, and nothing but the events, of every feature. */
  private static final Set<String> OBSERVERS = Set.of("audit", "notification");

  private static final Set<String> LAYERS = Set.of("boundary", "control", "entity");

  /** The only classes that tell the operator something past the log. */
  private static final Set<String> TELLS_THE_OPERATOR =
      Set.of("kernel.StartFailure", "operation.Announcement");

  private static final List<String> FORBIDDEN_ENDINGS =
      List.of("Util", "Utils", "Helper", "Manager", "Impl", "Common", "Base");

  /**
   * JPA; JSON values, because some columns and requests hold free JSON; and one annotation of
   * Hibernate's, because JPA cannot say that an entity is only read.
   */
  private static final List<String> OPEN_TO_ENTITIES =
      List.of(
          "java.",
          "jakarta.persistence.",
          "jakarta.json.Json",
          "org.jspecify.annotations.",
          "org.hibernate.annotations.Immutable");

  ArchRule everyClassHasItsPlace() {
    return rule(
        "be in the root package, in a flat feature, or in a feature's boundary, control or entity",
        (type, report) -> {
          Place place = placeOf(type);
          boolean known =
              place.feature().isEmpty()
                  || (MAY_USE.containsKey(place.feature())
                      && (place.layer().isEmpty() || LAYERS.contains(place.layer())));
          if (!known) {
            report.accept(type.getName() + " is in no package of the architecture");
          }
        });
  }

  ArchRule featuresFormNoCycle() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  ArchRule featuresKeepTheirOrder() {
    return overOwnDependencies(
        "use only the features that theirs may use",
        (from, to) ->
            from.place().feature().isEmpty()
                || from.place().feature().equals(to.place().feature())
                || mayUse(from.place().feature()).contains(to.place().feature())
                || (OBSERVERS.contains(from.place().feature()) && isEvent(to.type())));
  }

  ArchRule nothingDependsOnABoundary() {
    return overOwnDependencies(
        "leave boundaries alone, but for the composition and the boundary's own classes",
        (from, to) ->
            !isBoundary(to)
                || from.place().feature().isEmpty()
                || (from.place().equals(to.place()) && isBoundary(from))
                || from.outermost().equals(to.outermost()));
  }

  ArchRule layersLookInwards() {
    return overOwnDependencies(
        "look inwards only: boundary to control to entity",
        (from, to) ->
            switch (from.place().layer()) {
              case "entity" ->
                  to.place().layer().equals("entity")
                      || Set.of("kernel", "problem").contains(to.place().feature());
              case "control" -> !to.place().layer().equals("boundary");
              default -> true;
            });
  }

  ArchRule entitiesKnowNoFrameworkButJpa() {
    return rule(
        "know no framework but JPA",
        (type, report) -> {
          if (!placeOf(type).layer().equals("entity")) {
            return;
          }
          for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String target = dependency.getTargetClass().getBaseComponentType().getName();
            boolean isOpen =
                target.startsWith(root + ".")
                    || !target.contains(".")
                    || OPEN_TO_ENTITIES.stream().anyMatch(target::startsWith);
            if (!isOpen || target.startsWith("java.sql.")) {
              report.accept(dependency.getDescription());
            }
          }
        });
  }

  ArchRule onlyAccessKnowsNimbus() {
    return onlyIn("access", "com.nimbusds.");
  }

  ArchRule onlyCredentialControlKnowsYubico() {
    return onlyIn("credential.control", "com.yubico.");
  }

  /** Whatever companies and people name is called by the kernel's {@code OutboundHttp}. */
  ArchRule onlyTheSmsGatewayCallsByTheJdk() {
    return onlyIn("notification.control", "java.net.http.");
  }

  private ArchRule onlyIn(String place, String library) {
    return rule(
        "leave " + library + " to " + place,
        (type, report) -> {
          if (type.getPackageName().equals(root + "." + place)) {
            return;
          }
          type.getDirectDependenciesFromSelf().stream()
              .filter(d -> d.getTargetClass().getName().startsWith(library))
              .forEach(d -> report.accept(d.getDescription()));
        });
  }

  ArchRule onlyTheSystemClockReadsTheTime() {
    return rule(
        "have the time from the injected clock",
        (type, report) -> {
          if (type.getName().equals(root + ".kernel.SystemClock")) {
            return;
          }
          type.getAccessesFromSelf().stream()
              .filter(ArchitectureRules::readsTheTime)
              .forEach(access -> report.accept(access.getDescription()));
        });
  }

  /** On Payara, {@code Json.createObjectBuilder} and its like look through every jar, each time. */
  ArchRule jsonIsMadeByKeptFactories() {
    return rule(
        "make JSON by a factory that it keeps",
        (type, report) ->
            type.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().getName().equals("jakarta.json.Json"))
                .filter(access -> !access.getName().endsWith("Factory"))
                .forEach(access -> report.accept(access.getDescription())));
  }

  ArchRule onlyBoundariesBeginTransactions() {
    return rule(
        "leave @Transactional to boundaries",
        (type, report) -> {
          if (isBoundary(type) || type.getName().equals(root + ".kernel.OwnTransaction")) {
            return;
          }
          if (type.isAnnotatedWith(Transactional.class)) {
            report.accept(type.getName() + " is @Transactional");
          }
          for (JavaMember method : type.getMethods()) {
            if (method.isAnnotatedWith(Transactional.class)) {
              report.accept(method.getFullName() + " is @Transactional");
            }
          }
        });
  }

  /** A server gives up a timer that throws, or whose own transaction is rolled back. */
  ArchRule timersOutliveFailures() {
    return rule(
        "do by TimedWork, and in transactions of its own, what they do by timers",
        (type, report) -> {
          if (type.getMethods().stream().noneMatch(m -> m.isAnnotatedWith(Schedule.class))) {
            return;
          }
          boolean ownTransactions =
              type.tryGetAnnotationOfType(TransactionManagement.class)
                  .filter(a -> a.value() == TransactionManagementType.BEAN)
                  .isPresent();
          if (!ownTransactions) {
            report.accept(type.getName() + " is rolled back by the server");
          }
          if (type.getFields().stream()
              .noneMatch(f -> f.getRawType().getName().equals(root + ".kernel.TimedWork"))) {
            report.accept(type.getName() + " has no TimedWork");
          }
        });
  }

  /** A bean that begins with the application is no observer of others. */
  ArchRule onlyBoundariesObserve() {
    return rule(
        "observe nothing but the application's start where they are no boundary",
        (type, report) ->
            type.getMethods().stream()
                .filter(method -> !type.getPackageName().endsWith(".boundary"))
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(Observes.class))
                .filter(parameter -> !parameter.isAnnotatedWith(Initialized.class))
                .forEach(parameter -> report.accept(type.getName() + " observes")));
  }

  ArchRule namesSayWhatThingsAre() {
    return rule(
        "not be named " + String.join(", ", FORBIDDEN_ENDINGS),
        (type, report) ->
            FORBIDDEN_ENDINGS.stream()
                .filter(type.getSimpleName()::endsWith)
                .forEach(ending -> report.accept(type.getName() + " is a mere " + ending)));
  }

  ArchRule resourcesAreNamedSo() {
    return rule(
        "be named …Resource where, and only where, they are JAX-RS resources",
        (type, report) -> {
          if (type.isAnnotatedWith(Path.class) != type.getSimpleName().endsWith("Resource")) {
            report.accept(type.getName() + " is @Path or named …Resource, but not both");
          }
        });
  }

  ArchRule onlyTheOperatorIsToldPastTheLog() {
    return rule(
        "write to the log, not to the console",
        (type, report) -> {
          if (TELLS_THE_OPERATOR.stream().anyMatch(n -> type.getName().equals(root + "." + n))) {
            return;
          }
          type.getAccessesFromSelf().stream()
              .filter(ArchitectureRules::writesToTheConsole)
              .forEach(access -> report.accept(access.getDescription()));
        });
  }

  ArchRule everyPackageIsNullMarked() {
    return rule(
        "be in a package marked @NullMarked, because null checking passes over all others",
        (type, report) -> {
          if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
            report.accept(type.getName() + " is in a package that is not @NullMarked");
          }
        });
  }

  private static boolean readsTheTime(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis");
    }
    if (owner.isEquivalentTo(Clock.class)) {
      return name.startsWith("system")
          || (name.startsWith("tick") && !access.getTarget().getFullName().contains("Clock,"));
    }
    if (owner.isEquivalentTo(java.util.Date.class)) {
      return access.getTarget().getFullName().endsWith("<init>()");
    }
    return owner.getPackageName().startsWith("java.time")
        && name.equals("now")
        && !access.getTarget().getFullName().contains("java.time.Clock");
  }

  private static boolean writesToTheConsole(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    boolean isConsole =
        owner.isEquivalentTo(System.class) || owner.isEquivalentTo(java.io.FileDescriptor.class);
    return (isConsole && Set.of("out", "err").contains(access.getName()))
        || (owner.isAssignableTo(Throwable.class) && access.getName().equals("printStackTrace"));
  }

  private boolean isEvent(JavaClass type) {
    return type.isAssignableTo(root + ".kernel.CompanyEvent");
  }

  private boolean isBoundary(Located located) {
    return isBoundary(located.type());
  }

  /** In a flat feature, the resources are the boundary. */
  private boolean isBoundary(JavaClass type) {
    Place place = placeOf(type);
    return place.layer().equals("boundary")
        || (!place.feature().isEmpty()
            && place.layer().isEmpty()
            && outermost(type).endsWith("Resource"));
  }

  private static Set<String> mayUse(String feature) {
    Set<String> all = new HashSet<>();
    for (String used : MAY_USE.getOrDefault(feature, Set.of())) {
      all.add(used);
      all.addAll(mayUse(used));
    }
    return all;
  }

  /**
   * @param feature empty for the root package
   * @param layer empty in a flat feature
   */
  private record Place(String feature, String layer) {}

  private record Located(JavaClass type, Place place) {

    String outermost() {
      return ArchitectureRules.outermost(type);
    }
  }

  private static String outermost(JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private Place placeOf(JavaClass type) {
    String below = type.getPackageName().substring(root.length());
    List<String> parts = Arrays.stream(below.split("\\.")).filter(p -> !p.isEmpty()).toList();
    return new Place(
        parts.isEmpty() ? "" : parts.get(0),
        parts.size() < 2 ? "" : String.join(".", parts.subList(1, parts.size())));
  }

  private Optional<Located> located(JavaClass type) {
    JavaClass plain = type.getBaseComponentType();
    boolean isOurs =
        plain.getPackageName().equals(root) || plain.getPackageName().startsWith(root + ".");
    return isOurs ? Optional.of(new Located(plain, placeOf(plain))) : Optional.empty();
  }

  private interface Allowed {
    boolean isAllowed(Located from, Located to);
  }

  private interface Check {
    void check(JavaClass type, java.util.function.Consumer<String> report);
  }

  private ArchRule overOwnDependencies(String description, Allowed allowed) {
    return rule(
        description,
        (type, report) -> {
          Located from = new Located(type, placeOf(type));
          Function<Dependency, Stream<Located>> target =
              dependency -> located(dependency.getTargetClass()).stream();
          type.getDirectDependenciesFromSelf().stream()
              .filter(d -> target.apply(d).anyMatch(to -> !allowed.isAllowed(from, to)))
              .forEach(d -> report.accept(d.getDescription()));
        });
  }

  private ArchRule rule(String description, Check check) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<>(description) {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                check.check(
                    type, message -> events.add(SimpleConditionEvent.violated(type, message)));
              }
            });
  }
}
