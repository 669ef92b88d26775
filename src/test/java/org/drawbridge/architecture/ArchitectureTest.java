package org.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("The architecture")
class ArchitectureTest {

  private static final String PRODUCT = "org.drawbridge";
  private static final String PLANTED = "org.drawbridge.architecture.planted";

  private static final JavaClasses PRODUCT_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(PRODUCT);
  private static final JavaClasses PLANTED_CLASSES =
      new ClassFileImporter().importPackages(PLANTED);

  /** Each rule with the planted classes that it must report, and some that it must not. */
  static final List<Arguments> RULES =
      List.of(
          rule(
              "Every class has its place",
              ArchitectureRules::everyClassHasItsPlace,
              List.of("unheard.OfFeature", "account.service.OfLayer"),
              List.of("account.control.", "kernel.")),
          rule(
              "Features form no cycle",
              ArchitectureRules::featuresFormNoCycle,
              List.of("account.control.UsesCompany", "company.control.UsesAccount"),
              List.of()),
          rule(
              "Features keep their order",
              ArchitectureRules::featuresKeepTheirOrder,
              List.of(
                  "kernel.UsesCompany",
                  "company.control.UsesAccount",
                  "protection.control.UsesAudit",
                  "audit.UsesMoreThanEvents",
                  "user.control.UsesTheComposition"),
              List.of("account.control.UsesCompany", "audit.UsesEvents", "planted.Composition")),
          rule(
              "Nothing depends on a boundary but the composition",
              ArchitectureRules::nothingDependsOnABoundary,
              List.of(
                  "user.control.UsesABoundary",
                  "user.boundary.UsesAnothersBoundary",
                  "account.control.UsesItsOwnBoundary",
                  "audit.UsesAFlatBoundary"),
              List.of("planted.Composition", "account.boundary.")),
          rule(
              "Layers look inwards",
              ArchitectureRules::layersLookInwards,
              List.of("account.control.UsesItsOwnBoundary", "account.entity.SeesControl"),
              List.of("account.control.UsesCompany", "account.boundary.")),
          rule(
              "Entities know no framework but JPA",
              ArchitectureRules::entitiesKnowNoFrameworkButJpa,
              List.of(
                  "account.entity.SeesTheWeb",
                  "account.entity.SeesHibernate",
                  "account.entity.SeesJdbc",
                  "account.entity.SeesInjection"),
              List.of("account.entity.KnowsJpaAndJson")),
          rule(
              "Only access knows Nimbus",
              ArchitectureRules::onlyAccessKnowsNimbus,
              List.of("company.control.ReadsTokens"),
              List.of("access.VerifiesTokens")),
          rule(
              "Only the control of credentials knows Yubico",
              ArchitectureRules::onlyCredentialControlKnowsYubico,
              List.of("company.control.ReadsCredentials"),
              List.of("credential.control.VerifiesCredentials")),
          rule(
              "Only the SMS gateway calls by the JDK",
              ArchitectureRules::onlyTheSmsGatewayCallsByTheJdk,
              List.of("company.control.CallsWhateverIsNamed"),
              List.of("notification.control.CallsTheGateway")),
          rule(
              "Only the system clock reads the time",
              ArchitectureRules::onlyTheSystemClockReadsTheTime,
              List.of(
                  "account.control.TellsTheTime.byInstant",
                  "account.control.TellsTheTime.byReference",
                  "account.control.TellsTheTime.byMillis",
                  "account.control.TellsTheTime.byClock",
                  "account.control.TellsTheTime.byTicks",
                  "account.control.TellsTheTime.byDate",
                  "account.control.TellsTheTime.byOffset"),
              List.of("TellsTheTime.byItsClock", "TellsTheTime.byItsTickingClock", "SystemClock")),
          rule(
              "JSON is made by factories that are kept",
              ArchitectureRules::jsonIsMadeByKeptFactories,
              List.of(
                  "account.control.MakesJson.builder",
                  "account.control.MakesJson.reader",
                  "account.control.MakesJson.byReference"),
              List.of("account.control.MakesJson.factory")),
          rule(
              "Only boundaries begin transactions",
              ArchitectureRules::onlyBoundariesBeginTransactions,
              List.of("account.control.Transacts", "account.control.TransactsOnce.once"),
              List.of("account.boundary.", "audit.WatchedResource", "kernel.OwnTransaction")),
          rule(
              "Timers outlive failures",
              ArchitectureRules::timersOutliveFailures,
              List.of(
                  "account.boundary.Timers$Thrown has no TimedWork",
                  "account.boundary.Timers$RolledBack is rolled back",
                  "account.boundary.Timers$RolledBackByName is rolled back"),
              List.of("account.boundary.Timers$Kept", "account.boundary.LocksResource")),
          rule(
              "Only boundaries observe",
              ArchitectureRules::onlyBoundariesObserve,
              List.of("account.control.Observer "),
              List.of("account.boundary.Observer", "account.control.Starter")),
          rule(
              "Names say what things are",
              ArchitectureRules::namesSayWhatThingsAre,
              List.of(
                  "Names$AccountUtil ",
                  "Names$AccountUtils ",
                  "Names$AccountHelper ",
                  "Names$AccountManager ",
                  "Names$AccountImpl ",
                  "Names$AccountCommon ",
                  "Names$AccountBase "),
              List.of("Names$Database")),
          rule(
              "JAX-RS resources are named so",
              ArchitectureRules::resourcesAreNamedSo,
              List.of("account.boundary.Locks ", "account.boundary.HumanResource "),
              List.of("account.boundary.LocksResource ")),
          rule(
              "Only the operator is told something past the log",
              ArchitectureRules::onlyTheOperatorIsToldPastTheLog,
              List.of(
                  "account.control.Prints.out",
                  "account.control.Prints.err",
                  "account.control.Prints.descriptor",
                  "account.control.Prints.trace"),
              List.of("StartFailure")),
          rule(
              "Every package is marked for null checking",
              ArchitectureRules::everyPackageIsNullMarked,
              List.of("account.control.Prints"),
              List.of("problem.Marked")));

  private static Arguments rule(
      String name,
      Function<ArchitectureRules, ArchRule> rule,
      List<String> reported,
      List<String> passed) {
    return Arguments.of(Named.of(name, rule), reported, passed);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("holds in the product")
  @FieldSource("RULES")
  void holds(Function<ArchitectureRules, ArchRule> rule) {
    rule.apply(new ArchitectureRules(PRODUCT)).check(PRODUCT_CLASSES);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("is seen to be broken by what was planted, and by nothing else")
  @FieldSource("RULES")
  void reports(
      Function<ArchitectureRules, ArchRule> rule, List<String> reported, List<String> passed) {
    List<String> details =
        rule.apply(new ArchitectureRules(PLANTED))
            .evaluate(PLANTED_CLASSES)
            .getFailureReport()
            .getDetails();
    Stream<String> subjects =
        details.stream()
            .map(detail -> detail.replaceFirst("^(Class|Method|Constructor|Field) ", ""));
    List<String> told =
        subjects.map(detail -> detail.replace("<", "").replace(PLANTED + ".", "")).toList();
    assertThat(told).isNotEmpty();
    assertThat(reported).allSatisfy(planted -> assertThat(told).anyMatch(d -> d.contains(planted)));
    assertThat(passed).allSatisfy(clean -> assertThat(told).noneMatch(d -> d.startsWith(clean)));
  }

  @Test
  @DisplayName("is checked on the product's classes, and on none of the tests'")
  void imported() {
    assertThat(PRODUCT_CLASSES.size()).isGreaterThan(150);
    assertThat(PRODUCT_CLASSES.contain(ArchitectureTest.class)).isFalse();
    assertThat(PRODUCT_CLASSES.contain("org.drawbridge.kernel.SystemClock")).isTrue();
  }
}
