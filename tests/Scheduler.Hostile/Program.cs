using System.Globalization;
using Scheduler.Hostile;

// COUNT [FIRST]: so many spoilt files, from a seed on, in processes of their own. 'giants [NAME...]': the largest files that the limits let through.
// 'show NAME': the file of a seed, or a giant. 'batch COUNT FIRST': a part of many, in this process.
var report = new Report(Console.Out);
using var trial = new Trial();
var warm = new Lazy<Trial>(() => Warm(trial));
switch (args)
{
    case ["show", var name]:
        using (var raw = Console.OpenStandardOutput())
        {
            raw.Write((int.TryParse(name, CultureInfo.InvariantCulture, out var shown) ? Mutator.Make(shown) : Giants.All.Single(g => g.Name == name).File).Bytes);
        }

        return 0;
    case ["giants", .. var names]:
        foreach (var (name, file) in Giants.All.Where(g => names.Length == 0 || names.Contains(g.Name)))
        {
            report.Add(name, warm.Value.Run(file));
        }

        break;
    case [Batches.Verb, var count, var first]:
        for (var (seed, end) = (Number(first), Number(first) + Number(count)); seed < end; seed++)
        {
            report.Add(seed.ToString(CultureInfo.InvariantCulture), warm.Value.Run(Mutator.Make(seed)));
        }

        return 0;
    default:
        new Batches(report).Run(args.Length > 1 ? Number(args[1]) : 0, Number(args[0]));
        break;
}

return report.Close();

static int Number(string of) => int.Parse(of, CultureInfo.InvariantCulture);

// What a process does once, such as compiling what could not be compiled ahead, is no file's time.
static Trial Warm(Trial trial)
{
    _ = Originals.All.Take(12).SelectMany(o => trial.Run(new(System.Text.Encoding.UTF8.GetBytes(o.Text), o.Beside))).Count();
    return trial;
}
