# A rating that the clinic finds too old is taken again, and what was recorded there is forgotten.
protocol: responders
story:
plan from 2027-01-04
all is booked
before takes place
score at before is 40
dose[1 to 2] is called off by the patient
before is to be repeated
plan from 2027-01-08
> plan Mon 2027-01-04 09:00 before[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 08:00 dose[2]
> plan Tue 2027-01-12 13:00 after[1]
> plan Wed 2027-01-13 09:00 review[1], if needed
> plan Mon 2027-01-18 09:00 follow-up[1], if needed
> plan Mon 2027-01-25 09:00 follow-up[2], if needed
> plan Mon 2027-02-01 09:00 follow-up[3], if needed
> plan Wed 2027-02-03 08:00 booster[1], if needed
> booked: after[1], follow-up[1], follow-up[2], follow-up[3], review[1], booster[1]
> cancelled: dose[1], dose[2]
> plan Mon 2027-01-11 09:00 before[1]
> plan Mon 2027-01-11 09:30 dose[1]
> plan Mon 2027-01-18 08:00 dose[2]
> plan Tue 2027-01-19 13:00 after[1]
> plan Wed 2027-01-20 09:00 review[1], if needed
> plan Mon 2027-01-25 09:00 follow-up[1], if needed
> plan Mon 2027-02-01 09:00 follow-up[2], if needed
> plan Mon 2027-02-08 09:00 follow-up[3], if needed
> plan Wed 2027-02-10 08:00 booster[1], if needed
