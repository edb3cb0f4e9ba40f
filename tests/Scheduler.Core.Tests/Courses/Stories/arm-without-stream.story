# A patient of the other arm without the stream does not.
protocol: parts now
story:
plan from 2027-01-04
> plan Mon 2027-01-04 08:00 dose[1]
> plan Mon 2027-01-11 08:00 dose[2]
