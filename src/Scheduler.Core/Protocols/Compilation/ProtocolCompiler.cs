using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation.Rules;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Makes a <see cref="Protocol"/> from YAML, or says everything that is wrong with it.</summary>
/// <remarks>
/// The passes: text to syntax (<see cref="YamlReader"/>), parameters, syntax to shapes, names to what they name, and the checks of
/// rules taken together. Each works on what the one before left whole, so that one mistake does not hide the others.
/// </remarks>
public static class ProtocolCompiler
{
    private static readonly Key<string> Id = Keys.Required("protocol", Scalars.Id, "The protocol's id.");

    private static readonly Key<string> Version = Keys.Required("version", Scalars.Text, "The version of this definition.");

    private static readonly Key<string> Title = Keys.Required("title", Scalars.Text, "What people call it.");

    private static readonly Key<string> Citation = Keys.Required("citation", Scalars.Text, "The publication in one line.");

    private static readonly Key<string> Doi = Keys.Optional("doi", Scalars.Text, "Its digital object identifier.");

    private static readonly Key<string> Registry = Keys.Optional("registry", Scalars.Text, "The trial's registry number.");

    private static readonly Key<Source> SourceKey = Keys.Optional(
        "source",
        new MappingShape<Source>(
            "a source",
            [Citation, Doi, Registry],
            (fields, _) => new(fields.Get(Citation).Value, fields.Find(Doi)?.Value, fields.Find(Registry)?.Value)),
        "Where the protocol was published.");

    private static readonly Key<NamedEntries<string, ParameterText.ParameterDeclaration>> Parameters = Keys.Optional(
        "parameters", new AlreadyRead<NamedEntries<string, ParameterText.ParameterDeclaration>>(ParameterText.Shape, NamedEntries<string, ParameterText.ParameterDeclaration>.Empty), "Values that a clinic may override.");

    private static readonly Key<NamedEntries<string, VisitTypeText>> Visits = Keys.Required(
        "visits", new MapShape<string, VisitTypeText>("visit types by id", Scalars.Id, VisitTypeText.Shape), "The kinds of visit.");

    /// <summary>The kinds of rule: a new one is its own file and one line here.</summary>
    private static readonly CaseShape<RuleText> RuleShape = new(
        "a rule",
        [
            CadenceText.Shape,
            OrderText.Shape,
            ApartDaysText.Shape,
            SameDayText.Shape,
            AllOrNoneText.Shape,
            WindowText.Shape,
            TimeOfDayText.Shape,
            WeekdaysText.Shape,
            SamePersonText.Shape,
            DifferentPeopleText.Shape,
            RotationText.Shape,
        ]);

    private static readonly Key<NamedEntries<string, RuleText>> RulesKey = Keys.Optional(
        "rules", new MapShape<string, RuleText>("rules by id", Scalars.Id, RuleShape), "What a calendar must or should satisfy.");

    private static readonly MappingShape<Fields> Root = new(
        "a protocol",
        [
            Id, Version, Title, SourceKey, Parameters, ArmText.Arms, ArmText.Blinded, StreamText.Streams, OutcomeText.Outcomes, ConditionText.Conditions,
            ScoreTableText.ScoreTables, PhaseText.Phases, MessagesText.QuietHours, Visits, RulesKey, EventText.Events,
        ],
        (fields, _) => fields) { MakesDo = true };

    /// <summary>The keys of a protocol file at any depth.</summary>
    public static ImmutableArray<string> KeyNames { get; } = [.. Root.KeyNames.Distinct(StringComparer.Ordinal)];

    /// <summary>What a protocol file looks like.</summary>
    public static Outline Outline => Root.Outline;

    /// <summary>Compiles a protocol.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="overrides">Values for the file's parameters, by name; null for none.</param>
    public static Read<Protocol> Compile(string file, string text, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag, keys: KeyNames) is not { } syntax || FileKind.IsOther(syntax, FileKind.Protocol, bag))
        {
            return Read<Protocol>.From(null, bag);
        }

        var values = new ParameterValues();
        var parameters = ParameterText.Read(syntax, overrides, bag, values);
        if (!Root.TryRead(syntax, new Reading(bag, values), out var fields))
        {
            return Read<Protocol>.From(null, bag);
        }

        var protocol = Bind(syntax, fields, parameters.ConvertAll(p => p.Parameter), bag);
        if (!bag.HasErrors)
        {
            Checks.Run(protocol, fields.Get(Visits).Value.Entries.ToDictionary(e => e.Key.Value, e => e.Key.Span), bag);
            var places = new Places(syntax);
            new BranchChecks(protocol, places, bag).Run();
            PartChecks.Run(protocol, bag);
            new MessageChecks(protocol, places, bag).Run();
        }

        foreach (var (parameter, at) in parameters.Where(p => !values.IsUsed(p.Parameter.Name)))
        {
            bag.Add(Messages.UnusedParameter(at, parameter.Name));
        }

        return Read<Protocol>.From(protocol, bag);
    }

    private static Protocol Bind(SyntaxNode.Mapping syntax, Fields fields, List<Parameter> parameters, DiagnosticBag bag)
    {
        var places = new Places(syntax);
        var conditionTexts = fields.Or(ConditionText.Conditions, NamedEntries<string, ConditionText>.Empty);
        var tableTexts = fields.Or(ScoreTableText.ScoreTables, NamedEntries<string, ScoreTableText>.Empty);
        var declared = new Declared(
            fields.Or(ArmText.Arms, NamedEntries<string, Arm>.Empty).Declared,
            fields.Or(StreamText.Streams, NamedEntries<string, OptionalStream>.Empty).Declared,
            [.. conditionTexts.Declared.Union(ScoreTableText.Conditions(syntax))]);

        var visits = fields.Get(Visits);
        if (visits.Value.Declared.IsEmpty)
        {
            bag.Add(Messages.NoVisits(visits.Span));
        }

        ImmutableArray<VisitType> types = [.. visits.Value.Entries.Select(e => e.Value.Value.Bind(e.Key.Value, bag, declared)).OfType<VisitType>()];
        var names = new Names(types, visits.Value.Declared, visits.Value.Entries.ToDictionary(e => e.Key.Value, e => e.Value.Value.Needs), bag) { Conditions = declared.Conditions };
        var outcomeTexts = fields.Or(OutcomeText.Outcomes, NamedEntries<string, OutcomeText>.Empty);
        var measures = OutcomeText.Bind(outcomeTexts, names);
        var outcomes = new OutcomeNames(measures, outcomeTexts.Declared, names);
        var tables = ScoreTableText.Bind(tableTexts, outcomes);
        var phaseTexts = fields.Or(PhaseText.Phases, NamedEntries<string, PhaseText>.Empty);
        ImmutableArray<Rule> rules =
        [
            .. fields.Or(RulesKey, NamedEntries<string, RuleText>.Empty).Entries
                .SelectMany(e => e.Value.Value.Bind(new(e.Key.Value, e.Value.Value.Because, e.Value.Value.Provenance, e.Key.Span), names)),
        ];
        var protocol = new Protocol(
            fields.Get(Id).Value,
            fields.Get(Version).Value,
            fields.Get(Title).Value,
            fields.Find(SourceKey)?.Value,
            [.. parameters],
            ConditionText.Bind(conditionTexts, tables, declared.Conditions, outcomes),
            types,
            rules)
        {
            Arms = ArmText.Bind(fields, bag),
            Blinded = ArmText.BindBlinded(fields, types, places, bag),
            Streams = StreamText.Bind(fields, types, types.Length == visits.Value.Declared.Length && types.All(t => t.Stream is null || declared.Streams.Contains(t.Stream)), bag),
            Outcomes = measures,
            ScoreTables = tables,
            Phases = PhaseText.Bind(phaseTexts, names),
            QuietHours = fields.Find(MessagesText.QuietHours)?.Value,
            Events = EventText.BindAll(fields.Or(EventText.Events, NamedEntries<string, EventText>.Empty), rules, new(names, phaseTexts.Declared, declared.Conditions)),
        };
        return bag.HasErrors ? protocol : new ConditionAnchors(protocol, names.CountedFrom, bag).Resolve();
    }

    /// <summary>A part of the file that an earlier pass has read, mistakes reported: here it only has its place among the keys.</summary>
    private sealed class AlreadyRead<T>(Shape<T> shape, T nothing) : Shape<T>
    {
        public override string Expected => shape.Expected;

        public override IEnumerable<string> KeyNames => shape.KeyNames;

        public override Outline Outline => shape.Outline;

        public override bool TryRead(SyntaxNode node, Reading reading, out T value)
        {
            value = nothing;
            return true;
        }
    }
}
