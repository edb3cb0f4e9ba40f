// Small houses of cards: each type named Broken breaks an arrow in one way, so that the test of the arrows is tested itself.
using NodaTime;
using Scheduler.Core.Tests.Architecture.Fixtures.Clinics;
using Scheduler.Core.Tests.Architecture.Fixtures.Planning.Rules;
using Scheduler.Core.Tests.Architecture.Fixtures.Planning.Search;
using Scheduler.Core.Tests.Architecture.Fixtures.Protocols;

#pragma warning disable RS0030 // Reads clocks on purpose: that is what must be found.

namespace Scheduler.Core.Tests.Architecture.Fixtures.Clinics
{
    internal class Chair;

    internal sealed class ChairTaken : Exception;

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class ChairAttribute : Attribute;
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Protocols
{
    internal abstract class Rule
    {
        internal sealed class Order : Rule;
    }

    internal static class Broken
    {
        public static string InMethodBody() => new Chair().ToString()!;

        public static int InGenericArgument() => Enumerable.Empty<Chair>().Count();

        public static Func<object> InClosure(int times) => () => times > 0 ? new Chair() : times;

        public static IEnumerable<object> InIterator()
        {
            yield return new Chair();
        }
    }

    internal sealed class BrokenField
    {
        private readonly Dictionary<string, Chair[]> chairs = [];

        public int Count => chairs.Count;
    }

    internal abstract class BrokenSignature
    {
        public abstract void Of(in Chair? chair);
    }

    internal sealed class BrokenBase : Chair;

    internal sealed class BrokenConstraint<T>
        where T : Chair;

    [Chair]
    internal sealed class BrokenAttribute;


    [System.ComponentModel.TypeConverter(typeof(Chair))]
    internal sealed class BrokenTypeOf;

    internal static class BrokenCatch
    {
        public static bool Try(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (ChairTaken)
            {
                return false;
            }
        }
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Planning
{
    internal static class BrokenClock
    {
        public static Instant Now() => SystemClock.Instance.GetCurrentInstant();

        public static int Today() => DateTime.Today.Year;
    }

    internal static class Kept
    {
        public static object Sees(Chair chair) => (object)chair ?? new Rule.Order();
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Planning.Rules
{
    internal sealed class OrderRule
    {
        public Found Kept { get; } = new(new Rule.Order());
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Planning.Search
{
    internal sealed record Found(Rule KeptAsWhatItIs);

    internal static class BrokenByRule
    {
        public static bool KnowsOne(Rule rule) => rule is Rule.Order;
    }

    internal static class BrokenByRoom
    {
        public static object Asks() => new OrderRule();
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Planning.Verification.Laws
{
    internal static class Broken
    {
        public static bool Asks(object calendar) => calendar is Found;
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Formats
{
    internal static class BrokenFile
    {
        public static string Read(string file) => File.ReadAllText(file);
    }
}

namespace Scheduler.Core.Tests.Architecture.Fixtures.Attic
{
    internal sealed class Box;
}
